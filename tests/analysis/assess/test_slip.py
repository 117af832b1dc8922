"""The slip of a person: how two texts are told to be alike."""

import random

import pytest

from analysis.assess.slip import likeness, one_sign_apart
from analysis.ground.watch import Watch
from analysis.model.codes import Likeness
from analysis.resolve.levels import slips as level_of_slips
from analysis.store.functions import damerau_levenshtein, slips


def test_one_sign_is_the_engine_s_damerau_distance_of_one(store):
    rng = random.Random(5)
    pairs = [("".join(rng.choices("ab1", k=rng.randrange(1, 5))), "".join(rng.choices("ab1", k=rng.randrange(1, 5)))) for _ in range(600)]  # fmt: skip
    store.create("spellings", {"a": "string", "b": "string"})
    store.insert("spellings", pairs)
    table = store.table("spellings")
    told = store.rows(table.select("a", "b", one=damerau_levenshtein(table.a, table.b) == 1))
    assert len(told) == 600 and {one for *_, one in told} == {True, False}
    assert [one_sign_apart(a, b) for a, b, _ in told] == [one for *_, one in told]


@pytest.mark.parametrize("most", [1, 2])
def test_the_short_cut_to_few_slips_answers_as_the_distance_itself(store, most):
    """Texts of which many are near each other, exchanged neighbors among them, and missing ones; as an expression and as the
    library of the model is told."""
    rng = random.Random(6)

    def near(text: str) -> str:
        signs = list(text)
        for _ in range(rng.randrange(4)):
            at = rng.randrange(len(signs) - 1)
            match rng.randrange(4):
                case 0:
                    signs[at], signs[at + 1] = signs[at + 1], signs[at]
                case 1:
                    signs[at] = rng.choice("0189")
                case 2:
                    signs.insert(at, rng.choice("0189"))
                case _:
                    del signs[at]
        return "".join(signs)

    texts = ["".join(rng.choices("0189", k=8)) for _ in range(900)]
    store.create("dates", {"n": "string", "k_l": "string", "k_r": "string"})
    store.insert("dates", [(str(at), text, near(text) if at % 9 else None) for at, text in enumerate(texts)])
    table = store.table("dates")
    wanted = damerau_levenshtein(table.k_l, table.k_r) <= most
    told = store.rows(table.select("n", wanted=wanted, quick=slips(table.k_l, table.k_r, most)).order_by("n"))
    assert {one for _, one, _ in told} == {True, False, None} and all(one is quick for _, one, quick in told)
    level = level_of_slips("k", most).create_level_dict("duckdb")["sql_condition"]
    said = store._run(f"SELECT ({level}) FROM dates ORDER BY n", Watch())
    assert [one for (one,) in said] == [one for _, one, _ in told]


def test_how_two_texts_are_alike_in_words():
    assert likeness("Dupont", "DUPONT") == Likeness.SAME and likeness("06 99 01 23 45", "+33 6 99 01 23 45") == Likeness.SAME
    assert likeness("Dupont", "Dupond") == likeness("1961-05-12", "1961-05-21") == likeness("Martin", "Matrin") == Likeness.NEAR
    assert likeness("Marguerite", "Margherita") == Likeness.ALIKE and likeness("Paul", "Odette") == Likeness.DIFFERENT
