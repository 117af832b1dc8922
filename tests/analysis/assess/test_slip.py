"""The slip of a person: how two texts are told to be alike."""

import random

from analysis.assess.slip import likeness, one_sign_apart
from analysis.model.codes import Likeness
from analysis.store.functions import damerau_levenshtein


def test_one_sign_is_the_engine_s_damerau_distance_of_one(store):
    rng = random.Random(5)
    pairs = [("".join(rng.choices("ab1", k=rng.randrange(1, 5))), "".join(rng.choices("ab1", k=rng.randrange(1, 5)))) for _ in range(600)]  # fmt: skip
    store.create("spellings", {"a": "string", "b": "string"})
    store.insert("spellings", pairs)
    table = store.table("spellings")
    told = store.rows(table.select("a", "b", one=damerau_levenshtein(table.a, table.b) == 1))
    assert len(told) == 600 and {one for *_, one in told} == {True, False}
    assert [one_sign_apart(a, b) for a, b, _ in told] == [one for *_, one in told]


def test_how_two_texts_are_alike_in_words():
    assert likeness("Dupont", "DUPONT") == Likeness.SAME and likeness("06 99 01 23 45", "+33 6 99 01 23 45") == Likeness.SAME
    assert likeness("Dupont", "Dupond") == likeness("1961-05-12", "1961-05-21") == likeness("Martin", "Matrin") == Likeness.NEAR
    assert likeness("Marguerite", "Margherita") == Likeness.ALIKE and likeness("Paul", "Odette") == Likeness.DIFFERENT
