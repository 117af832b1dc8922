"""What running text tells of private life: by category and meaning, counted per person, with nothing of the text in clear."""

import json
import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.classify.phrases import Phrases, fits
from analysis.classify.sensitive import categories, flat, told
from analysis.classify.texts import PLACE, WIDE, masks_of
from analysis.ground.words import Words
from analysis.model import Incident
from analysis.model.codes import Meant
from analysis.report.machine import as_json
from analysis.report.outline import sheets
from analysis.rules.loading import load
from analysis.rules.shapes import Sensitive
from bench.sensitive import alarms, f1, remarks, sentences, written
from tests.analysis.assess.test_experts import FIRST, LAST, analyzed
from tests.conftest import TOP

HAND = TOP / "tests" / "data" / "sentences.txt"


def test_generated_sentences_are_understood():
    assert f1(sentences(1_000, 21))[2] >= 0.9


def test_sentences_written_by_hand_in_thirty_styles_are_understood():
    found = list(written(HAND))
    assert len(found) == 300 and HAND.read_text(encoding="utf-8").count("\n## ") == 30
    assert f1(found)[2] >= 0.9
    assert {category for _, labels in found for category, _ in labels} == set(categories())


def test_everyday_remarks_raise_no_alarm():
    assert alarms(remarks(2_000, 21)) <= 0.01


@pytest.mark.parametrize(("text", "category", "how"), [
    ("pas de VIH", "hiv", Meant.DENIED), ("père alcoolique", "addiction", Meant.FAMILY), ("suspicion de cancer", "cancer", Meant.SUSPECTED), ("ATCD de dépression", "psychiatry", Meant.PAST),
    ("VIH -", "hiv", Meant.DENIED), ("VIH +", "hiv", Meant.TOLD), ("cancer ?", "cancer", Meant.SUSPECTED), ("sans domicile fixe", "debt", Meant.TOLD), ("casier judiciaire non vierge", "conviction", Meant.TOLD),
    ("casier judiciaire vierge", "conviction", Meant.DENIED), ("hépatite C depuis 2004", "hepatitis", Meant.TOLD), ("hépatite C en 2004", "hepatitis", Meant.PAST),
    ("pas fumeur mais alcoolique", "addiction", Meant.TOLD), ("Kein Hinweis; HIV-positiv", "hiv", Meant.TOLD), ("Z. n. Mammakarzinom", "cancer", Meant.PAST),
])  # fmt: skip
def test_the_words_around_a_term_say_how_it_is_meant(text, category, how):
    assert (category, how) in told(text)


def test_words_that_mean_something_else_are_none():
    for text in (
        "enceinte Bluetooth",
        "syndicat de copropriété",
        "erreur de saisie",
        "dépression atmosphérique",
        "Das ist gut",
        "hiver",
        "RAS",
        "",
    ):
        assert told(text) == frozenset(), text


@given(st.text(max_size=300))
def test_no_text_breaks_the_rules(text):
    assert {category for category, _ in told(text)} <= set(categories())


def test_a_long_line_takes_no_time():
    line = "pas de vih, " * 2_000
    start = time.process_time()
    assert told(line) and len(flat(line)) > 1_000
    assert time.process_time() - start < 20  # a runaway, no speed


@given(st.lists(st.sampled_from(["a", "ab", "b", "abc", "cab", "."]), max_size=8))
def test_phrases_are_found_where_a_pattern_of_signs_finds_them(line):
    phrases = ["a", "ab*", "*ab", "a b", "* b a", "a * b", "ab ab*"]
    found = Phrases.of({"x": phrases}).every(line)
    wanted = [
        at for at in range(len(line)) if line[at].isalnum() and any(begins(line[at:], phrase.split(" ")) for phrase in phrases)
    ]
    assert sorted({at for at, _, _ in found}) == wanted


def begins(line, words):
    patterns = [re.compile(re.escape(word).replace(r"\*", "[a-z]*") if word != "*" else "[a-z]+") for word in words]
    return len(line) >= len(words) and all(pattern.fullmatch(word) for pattern, word in zip(patterns, line, strict=False))


def test_a_star_alone_is_a_word():
    assert fits("*", "mot") and not fits("*", ",") and fits("*krebs", "brustkrebs") and not fits("krebs*", "brustkrebs")


def test_every_category_and_meaning_has_a_bit():
    assert len(categories()) <= WIDE and set(PLACE) == set(Meant)
    every = frozenset((category, how) for category in categories() for how in Meant)
    told_of, beside = masks_of(every)
    assert told_of.bit_count() + beside.bit_count() == len(every) and beside < 1 << 62
    assert {item.article for item in load(Sensitive).category.values()} == {0, 9, 10}


TEXTS = (
    "infection par le VIH", "pas de condamnation", "père syndiqué", "a demandé un duplicata", "rappeler lundi matin", "dossier de surendettement déposé",
)  # fmt: skip
COMMENTED = "nom;prenom;date_naissance;commentaire"
SALE = Incident(nature="shop", disclosure="unknown", malicious=True, breach_date=date(2024, 11, 19))


def remark(at):
    return f"appel numéro {at}, {TEXTS[at % 6]}, transmis au service"


def test_people_are_counted_by_what_texts_tell_of_them_and_weigh_more(store, tmp_path):
    lines = [f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/1960;{remark(at)}" for at in range(120)]
    impact = analyzed(store, tmp_path, COMMENTED, lines, SALE)
    found = {(category, how): n for category, how, n in impact.census.told}
    assert found == {("hiv", "told"): 20, ("conviction", "denied"): 20, ("politics", "family"): 20, ("debt", "told"): 20}
    assert impact.verdict.severity.dpc == 4  # of Article 9, in every sixth text
    rows = dict(store.rows(store.table(impact.verdict.table).group_by("dpc").aggregate(n=lambda t: t.count())))
    assert rows == {1: 80, 3: 20, 4: 20}
    answer = as_json(impact, {}, Words("fr"))
    text = json.dumps(answer, ensure_ascii=False)
    assert answer["people"]["told"]["hiv"] == {"article": 9, "told": 20} and "infection par" not in text
    assert any("VIH" in one["example"] and "•" in one["example"] for field in answer["fields"] for one in field["tells"])
    page = next(page for page in sheets(impact, Words("fr")) if page.title == "Texte libre")
    assert ("VIH", "RGPD, article 9", 20, 0, 0, 0, 0) in page.rows


def test_one_remark_among_many_is_counted_and_lifts_no_incident(store, tmp_path):
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10 % 26)}{chr(65 + at // 260)};{FIRST[at % 6]};{at % 28 + 1:02}/03/1960;{'séropositif' if at == 7 else f'rappeler le {at % 28 + 1}'}"
        for at in range(400)
    ]
    impact = analyzed(store, tmp_path, COMMENTED, lines, SALE)
    assert [(category, n) for category, how, n in impact.census.told] == [("hiv", 1)]
    assert impact.verdict.severity.dpc == 1


def test_somebody_else_in_a_text_is_counted_as_a_range(store, tmp_path):
    more = ("vu avec Mme Essai", "accompagné par son voisin, Paul Durand", "RAS")
    lines = [
        f"{LAST[at % 10]}{chr(65 + at // 10)};{FIRST[at % 6]};{at % 28 + 1:02}/03/1960;appel {at}, {more[at % 3]}, transmis"
        for at in range(90)
    ]
    impact = analyzed(store, tmp_path, COMMENTED, lines)
    (named,) = {field.named for field in impact.people.exposure.fields if field.column == "commentaire"}
    assert named == (30, 60)
