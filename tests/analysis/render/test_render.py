"""One document in every medium: whole, the same bytes again, and no text of it anything but text."""

import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ground.errors import Trouble
from analysis.ground.words import Words
from analysis.render import (
    WRITERS,
    Document,
    Figure,
    Heading,
    Items,
    KeyNumber,
    KeyNumbers,
    Note,
    PageBreak,
    Paragraph,
    Table,
    write_document,
)
from analysis.render.markdown import text as escaped
from analysis.render.pdf import drawable, told
from analysis.render.safe import plain
from tests.conftest import TOP

HOSTILE = (
    "#pagebreak()",
    '*gras* _it_ $x^2$ <label> @ref \\ // /* */ `code` #{1+1} #import "x"',
    "=cmd|' /C calc'!A0",
    "[x](http://evil.example) ![i](http://evil.example/a.png) http://evil.example www.evil.example a@evil.example",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &#60;",
    '{{ 7*7 }} {% raw %} {PAGE} HYPERLINK "http://evil.example" <w:p/>',
    "\u202egpj.exe\u2066 \x00\x07\x1b[31m \ud800 \ufffe \U000e0041",
    "| a | b |\n| --- | --- |\n1. un\n- deux\n> trois\n# quatre",
    "日本語 العربية עברית ไทย 😀 ☐ �",
    "a" * 5_000,
)
WHEN = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def document(text="texte", blocks=None, **parts):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="8"/></svg>'
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    every = (
        KeyNumbers((KeyNumber("12", text, text),)),
        Heading(text),
        Heading(text, 2),
        Paragraph(text),
        Items((text, text)),
        Items((text,), numbered=True),
        Items((text,), boxes=True),
        Table((text, "n", "part"), ((text, 1234, 0.5), (text, 5, 2.25)), text),
        Figure("chart", png, svg, text),
        Note(text, grave=True),
        PageBreak(),
    )
    told = {"title": text, "language": "fr", "written": WHEN, "subtitle": text, "about": ((text, text),), "foot": text} | parts
    return Document(blocks=every if blocks is None else blocks, **told)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_text_in_every_medium_and_the_bytes_are_the_same_again(ending, text, tmp_path):
    one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
    for path in (one, other):
        write_document(document(text, missing=(text,), missing_said=text), path, Words("fr"))
    assert one.read_bytes() == other.read_bytes() and sorted(tmp_path.iterdir()) == [one, other]
    match ending:
        case ".html":
            seen = Seen(one.read_text(encoding="utf-8"))
            assert not seen.tags & {"script", "a", "form", "iframe", "object", "link", "base"}
            assert not [name for name in seen.attributes if name.startswith("on") or name == "href"]
        case ".docx":
            parts = zipfile.ZipFile(one)
            assert not [name for name in parts.namelist() if "vbaProject" in name]
            body = parts.read("word/document.xml").decode()
            assert "w:instrText" not in body and "w:hyperlink" not in body and "w:fldSimple" not in body
            assert 'TargetMode="External"' not in parts.read("word/_rels/document.xml.rels").decode()
        case ".pdf":
            raw = one.read_bytes()
            assert raw.startswith(b"%PDF-") and not re.search(rb"/(JavaScript|JS|Launch|URI|EmbeddedFile|AA)\b", raw)
        case _:
            assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\ufffe]", one.read_text(encoding="utf-8"))


class Seen(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_markdown_escapes_every_sign_that_opens_markup(text):
    bare = re.sub(r"\\.", "", escaped(text), flags=re.DOTALL)
    assert not re.search(r"[`*_{}\[\]<>()#+!|~$^@&=]", bare)
    assert not re.search(r"(?i)(https?|ftp):|www\.", bare)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_what_is_shown_holds_no_sign_that_moves_or_hides(text):
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]", plain(text))


def test_every_text_of_a_pdf_can_be_drawn():
    told_as = drawable(told(document("日本語 😀 Dupont"), Words("fr")))
    assert "Dupont" in told_as["title"] and "日" not in told_as["title"] and "\ufffd" in told_as["title"]


def test_a_pdf_says_that_it_is_tagged_and_archivable_and_names_its_language(tmp_path):
    path = tmp_path / "one.pdf"
    write_document(document("Évaluation"), path, Words("fr"))
    raw = path.read_bytes()
    assert b"pdfuaid:part" in raw and b"pdfaid:part" in raw and b"/MarkInfo" in raw and b"/Lang" in raw


def test_a_word_file_has_headings_a_repeated_head_alternative_texts_and_its_language(tmp_path):
    path = tmp_path / "one.docx"
    write_document(document("Évaluation"), path, Words("fr"))
    found = docx.Document(path)
    assert [p.style.name for p in found.paragraphs if p.style.name.startswith("Heading")] == ["Heading 1", "Heading 2"]
    body = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert "w:tblHeader" in body and 'descr="Évaluation"' in body
    assert found.core_properties.language == "fr-FR" and found.core_properties.author == "Ampleur"
    assert found.tables[1].rows[1].cells[1].text == "1\u202f234" and found.tables[1].rows[1].cells[2].text == "50\u00a0%"


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".html", ".md", ".txt"])
def test_what_is_missing_stands_before_everything_else(ending, tmp_path):
    path = tmp_path / f"one{ending}"
    found = document("corps", missing=("les mesures prises",), missing_said="NON TERMINÉ")
    assert not found.finished
    write_document(found, path, Words("fr"))
    if ending == ".docx":
        texts = [p.text for p in docx.Document(path).paragraphs]
        assert texts.index("les mesures prises") < 6
    elif ending != ".pdf":
        told_as = path.read_text(encoding="utf-8").replace("\\", "")
        assert 0 <= told_as.index("NON TERMINÉ") < told_as.index("les mesures prises") < 2200


def test_french_signs_of_two_parts_stand_behind_a_no_break_space(tmp_path):
    path = tmp_path / "one.txt"
    write_document(document("« Oui » : non ; quoi ? 5 %"), path, Words("fr"))
    assert "«\u00a0Oui\u00a0»\u00a0: non\u00a0; quoi\u00a0? 5\u00a0%" in path.read_text(encoding="utf-8")


def test_another_ending_is_refused_with_the_endings_there_are(tmp_path):
    with pytest.raises(Trouble, match="ending"):
        write_document(document(), tmp_path / "one.odt", Words("en"))
    assert not list(tmp_path.iterdir())


def test_a_document_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "one.html"
    path.write_text("old", encoding="utf-8")

    def broken(*_):
        raise OSError

    monkeypatch.setitem(WRITERS, ".html", broken)
    with pytest.raises(Trouble, match="output"):
        write_document(document(), path, Words("en"))
    assert path.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]


def test_what_a_killed_run_left_beside_the_target_goes_with_the_next_one(tmp_path):
    code = (
        f"import sys, os, signal; sys.path.insert(0, {str(TOP)!r})\n"
        "from pathlib import Path\nfrom analysis.ground.whole import whole\n"
        f"with whole(Path({str(tmp_path / 'one.txt')!r})) as part:\n"
        "    part.write_text('half')\n    os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert [path.name.startswith(".ampleur-") for path in tmp_path.iterdir()] == [True]
    write_document(document(), tmp_path / "one.txt", Words("fr"))
    assert [path.name for path in tmp_path.iterdir()] == ["one.txt"]
