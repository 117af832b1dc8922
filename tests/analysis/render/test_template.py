"""Letters in a Word file of the controller: its head and foot stay, the text stands where it has room for it."""

import docx
import pytest

from analysis.ground.errors import Trouble
from analysis.ground.words import Words
from analysis.render import write_document
from analysis.render.document import Document, Heading, Items, Paragraph, Table
from tests.analysis.render.test_render import WHEN

BLOCKS = (
    Paragraph("Premier alinéa"),
    Items(("un", "deux")),
    Heading("Suite"),
    Table(("a", "n"), (("x", 1),), "table"),
    Paragraph("Fin"),
)


def letter():
    return Document("Objet fictif", "fr", BLOCKS, WHEN, letter=True)


def template_in(folder, text="{{ texte }}", styles=True):
    made = docx.Document()
    if not styles:
        for name in ("Heading 1", "Heading 2", "List Bullet", "List Number", "Light Grid Accent 1"):
            made.styles[name].delete()
    made.sections[0].header.paragraphs[0].text = "HÔPITAL FICTIF"
    made.add_paragraph("Lyon, le {{date}}")
    split = made.add_paragraph("Objet : {{")
    split.add_run("ti")
    split.add_run("tre}}").bold = True
    made.add_paragraph(text)
    made.add_paragraph("La direction {{inconnu}}")
    path = folder / "modele.docx"
    made.save(path)
    return path


@pytest.mark.parametrize("styles", [True, False])
def test_the_text_takes_the_place_that_the_template_has_for_it(tmp_path, styles):
    template, path = template_in(tmp_path, styles=styles), tmp_path / "lettre.docx"
    before = template.read_bytes()
    write_document(letter(), path, Words("fr"), template)
    found = docx.Document(path)
    texts = [item.text for item in found.paragraphs]
    assert found.sections[0].header.paragraphs[0].text == "HÔPITAL FICTIF" and template.read_bytes() == before
    assert texts[1] == "Objet : Objet fictif" and texts[0] == "Lyon, le 30 novembre 2026" and "{{" not in texts[0]
    assert texts[2] == "Objet fictif" and texts[3] == "Premier alinéa"
    assert texts[-2:] == ["Fin", "La direction {{inconnu}}"] and len(found.tables) == 1
    again = tmp_path / "encore.docx"
    write_document(letter(), again, Words("fr"), template)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("what", ["no place", "no word file", "nothing", "torn"])
def test_a_template_that_is_none_is_one_sentence_and_leaves_nothing(tmp_path, what):
    template = template_in(tmp_path, "sans place") if what == "no place" else tmp_path / "modele.docx"
    if what == "no word file":
        template.write_text("texte", encoding="utf-8")
    if what == "torn":
        whole = template_in(tmp_path).read_bytes()
        template.write_bytes(whole[: len(whole) // 2])
    path = tmp_path / "lettre.docx"
    with pytest.raises(Trouble) as refused:
        write_document(letter(), path, Words("fr"), template)
    assert refused.value.code == "template" and not path.exists()


def test_only_word_files_take_the_template(tmp_path):
    write_document(letter(), tmp_path / "lettre.txt", Words("fr"), template_in(tmp_path))
    assert "HÔPITAL" not in (tmp_path / "lettre.txt").read_text(encoding="utf-8")
