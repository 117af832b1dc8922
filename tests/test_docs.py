"""What must be documented is, and what the documents name exists."""

import ast
import re
from collections.abc import Iterator

import pytest

from analysis.model.tables import TABLES
from tests.conftest import TOP
from tools import options
from tools.tables import page

DOCS = TOP / "docs"
TEXTS = {
    path.relative_to(TOP).as_posix(): path.read_text(encoding="utf-8")
    for path in (*DOCS.rglob("*.md"), TOP / "README.md", TOP / "CONTRIBUTING.md")
}
ROOMS = sorted(path.parent.name for path in (TOP / "analysis").glob("*/__init__.py"))
HOW_TO = sorted((DOCS / "how-to").glob("*.md"), key=str)


def troubles() -> Iterator[tuple[str, str]]:
    """Every code of an error that is written out in the code, and its file."""
    for path in (TOP / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "Trouble"
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value), path.name


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_row_of_the_architecture_page(room):
    assert f"| `analysis/{room}/` |" in TEXTS["docs/architecture.md"]


@pytest.mark.parametrize("name", sorted(path.name for path in (TOP / "resources" / "rules").iterdir()))
def test_every_file_of_rules_is_named_in_the_documents(name):
    assert any(name in text for text in TEXTS.values())


@pytest.mark.parametrize("path", [*HOW_TO, TOP / "CONTRIBUTING.md"], ids=lambda path: path.stem)
def test_the_paths_of_each_how_to_exist(path):
    named = re.findall(r"`((?:analysis|gui|resources|tests|docs|bench|tools)/[\w./-]+)`", path.read_text(encoding="utf-8"))
    assert named and not [place for place in named if not (TOP / place).exists()]


def test_what_the_architecture_page_says_to_look_at_is_there():
    named = re.findall(r"`((?:analysis|gui|tools|tests)/[\w/]+\.py)`(?: `(\w+)`)?", TEXTS["docs/architecture.md"])
    assert len(named) > 15
    for path, name in named:
        text = (TOP / path).read_text(encoding="utf-8")
        assert not name or re.search(rf"^ *(?:def|class) {name}\b|^{name}\b", text, re.MULTILINE), (path, name)


def test_the_page_of_options_is_drawn_from_the_parser():
    assert TEXTS["docs/options.md"] == options.page()


def test_every_code_of_an_error_is_listed():
    listed = set(re.findall(r"^\| `(\w+)` \|", TEXTS["docs/errors.md"], re.MULTILINE))
    assert listed == {code for code, _ in troubles()}


def test_every_decision_stands_in_the_index():
    names = {path.name for path in (DOCS / "decisions").glob("0*.md")}
    assert names == set(re.findall(r"\]\((0[\w-]+\.md)\)", TEXTS["docs/decisions/README.md"]))


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_says_its_question_its_choice_and_its_price(path):
    text = path.read_text(encoding="utf-8")
    at = [text.index(f"**{part}.**") for part in ("Question", "Choice", "Price")]
    assert at[0] < min(at[1:])


def test_every_link_between_documents_leads_somewhere():
    for name, text in TEXTS.items():
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", text):
            assert ((TOP / name).parent / target).exists(), (name, target)


def test_the_page_of_tables_is_drawn_from_the_declarations():
    assert TEXTS["docs/tables.md"] == page()


def test_every_kind_of_table_says_what_a_row_is_and_draws_three():
    for stage, kind in TABLES.items():
        assert kind.one and len(kind.example) == 3, stage
        assert kind.columns or kind.more, stage


def test_a_table_that_is_not_as_declared_is_named_with_its_column():
    links = TABLES["links"]
    assert links.wrong({"person": "int64", "mention": "int64", "exact": "int64", "reason": "string"}) == ""
    assert (
        links.wrong({"person": "string", "mention": "int64", "exact": "int64", "x": "string"})
        == "reason is missing, person is string, x is string"
    )
    assert TABLES["exposure"].wrong({"row": "int64", "s0": "uint8", "s12": "uint8"}) == ""
