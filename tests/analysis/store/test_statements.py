"""An expression is translated once for each shape, and always says what it would say by itself."""

import ibis
import pytest

from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.pipeline import answer
from analysis.store import Store, statements
from analysis.store import store as module
from analysis.store.statements import compiled, shape_of, translated

ONE, TWO, THREE = (f"mentions_{sign * 16}" for sign in "abc")
COLUMNS = {"person": "int64", "name": "string"}


def table(name):
    return ibis.table(COLUMNS, name=name)


def joined(left, right):
    return table(left).join(table(right), "person").select("person", "name")


def test_another_file_of_the_same_columns_is_asked_in_its_own_names(tmp_path, monkeypatch):
    """Every question of two analyses, beside its translation without memory."""
    asked = []

    def checked(expression):
        asked.append(shape_of(expression.op())[0] in statements.STATEMENTS)
        assert compiled(expression) == translated(expression)
        return compiled(expression)

    monkeypatch.setattr(module, "compiled", checked)
    for town in ("LYON", "LILLE"):
        leak = tmp_path / f"{town}.csv"
        rows = [f"DURAND{'ABCDEFGH'[k]};Ada;{k + 1:02d}/03/19{k + 40};{town};06390000{k:02d}" for k in range(8)]
        leak.write_text("\n".join(["nom;prenom;date_naissance;ville;telephone", *rows]), "utf-8")
        store = Store(root=tmp_path / town)
        answer(store, Question(files=(leak,)), Watch())
        store.close()
    half = len(asked) // 2
    assert sum(asked[half:]) > 0.9 * half


def test_names_that_change_places_change_places():
    assert f'"{ONE}"' in compiled(joined(ONE, TWO))
    for pair in ((TWO, ONE), (ONE, THREE), (THREE, TWO)):
        assert compiled(joined(*pair)) == translated(joined(*pair))


def test_one_table_twice_is_not_two_tables():
    assert compiled(joined(ONE, TWO)) != compiled(joined(ONE, ONE).select("person", "name"))
    assert TWO not in compiled(joined(ONE, ONE))


@pytest.mark.parametrize("value", [1, 1.0, True, "1", None, 2])
def test_values_that_python_takes_for_equal_are_others(value):
    rows = table(ONE)
    question = rows.select(told=ibis.literal(value), same=rows.name)
    assert compiled(question) == translated(question)


def test_a_name_without_a_hash_stays():
    assert '"first_names"' in compiled(ibis.table(COLUMNS, name="first_names").select("name"))
    assert '"surnames"' in compiled(ibis.table(COLUMNS, name="surnames").select("name"))


def test_what_was_asked_long_ago_is_forgotten(monkeypatch):
    monkeypatch.setattr(statements, "MOST", 3)
    for at in range(9):
        compiled(table(ONE).limit(at))
    assert len(statements.STATEMENTS) == 3


LETTERS_OF = (
    "Lecœur",
    "Ÿves",
    "ŁUKASZ",
    "Müller-Lüdenscheidt",
    "Αλέξης",
    "Иван",
    "محمد",
    "山田",
    "सिंह",
    "ﬁn",
    "O'Brien",
    "a×b÷c",
    "١٢٣",
    "№ 5",
    "…",
    "😀",
    "«x»",
)


@pytest.mark.parametrize("pattern", [r"\pL", r"[^\pL]", r"^[\pL '-]+$", r"(\pL+)[^\pL]+(\pL+)", r"[\pL\pM]{3}"])
def test_letters_are_those_of_unicode_in_a_shorter_pattern(pattern, store):
    """Marks between letters of other alphabets count as letters: a name of Hindi is one word."""
    store.create("said_0123456789abcdef", {"text": "string"})
    store.insert("said_0123456789abcdef", [(text,) for text in LETTERS_OF])
    asked = store.table("said_0123456789abcdef").select("text", found=lambda t: t.text.re_search(pattern))
    assert r"\pL" not in translated(asked)
    ours = dict(store.rows(asked))
    theirs = dict(store._run(str(statements.translator().compile(asked)), Watch()))
    assert {text for text in LETTERS_OF if ours[text] != theirs[text]} <= {"सिंह"}
