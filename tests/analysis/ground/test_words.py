"""Both languages are complete, and numbers read as a French or an English reader expects."""

from datetime import date

import pytest
from babel.messages.pofile import read_po

from analysis.ground.words import Score, Words, say, system_language
from tools.messages import CATALOG, extracted, translated


def test_every_message_of_the_sources_has_a_french_text():
    with CATALOG.open("rb") as stream:
        catalog = read_po(stream, locale="fr")
    missing = [
        message.id
        for message in extracted()
        if (message.id and not (known := catalog.get(message.id))) or (message.id and not translated(known.string))
    ]
    assert missing == []
    assert [message.id for message in catalog if message.fuzzy and message.id] == []


def test_no_message_of_the_catalog_is_unused():
    ids = {message.id for message in extracted()}
    with CATALOG.open("rb") as stream:
        assert [message.id for message in read_po(stream, locale="fr") if message.id and message.id not in ids] == []


def test_both_languages_ask_for_the_same_values():
    import re

    with CATALOG.open("rb") as stream:
        for message in read_po(stream, locale="fr"):
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            asked = set(re.findall(r"{(\w+)}", " ".join(ids)))
            assert set(re.findall(r"{(\w+)}", " ".join(texts))) == asked, message.id


@pytest.mark.parametrize(("count", "french", "english"), [
    (0, "0 personne avait 75 ans ou plus.", "0 people were 75 or older."),
    (1, "1 personne avait 75 ans ou plus.", "1 person was 75 or older."),
    (2, "2 personnes avaient 75 ans ou plus.", "2 people were 75 or older."),
    (758_912, "758\u202f912 personnes avaient 75 ans ou plus.", "758,912 people were 75 or older."),
])  # fmt: skip
def test_a_plural_follows_the_rules_of_its_language(count, french, english):
    said = say("{n} person was 75 or older.", "{n} people were 75 or older.", n=count)
    assert Words("fr").of(said) == french
    assert Words("en").of(said) == english


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0\u00a0%"), (0.0004, "<\u00a00,1\u00a0%"), (0.123, "12,3\u00a0%"), (0.99999, "99,9\u00a0%"), (1.0, "100\u00a0%")],
)
def test_a_share_is_never_rounded_to_nothing_nor_to_everything(share, shown):
    assert Words("fr").percent(share).replace(" ", "\u00a0") == shown


def test_a_date_is_written_in_words():
    assert Words("fr").day(date(2024, 11, 19)) == "19 novembre 2024"


@pytest.mark.parametrize(("environment", "language"), [
    ({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LANG": "de_DE.UTF-8"}, "en"), ({"LC_ALL": "fr_CH", "LANG": "en_US"}, "fr"), ({"LANGUAGE": "en:fr"}, "en"),
])  # fmt: skip
def test_the_system_chooses_the_language(environment, language):
    assert system_language(environment.get) == language


def test_a_number_of_a_scale_and_the_first_of_a_month_are_written_as_the_language_does():
    french, english = Words("fr"), Words("en")
    said = say("SE {se}", se=Score(3.25))
    assert (french.of(said), english.of(said)) == ("SE 3,25", "SE 3.25")
    assert [french.score(value) for value in (4.0, 0.5, 0.75)] == ["4", "0,5", "0,75"]
    assert french.day(date(2026, 10, 1)) == "1er octobre 2026" and french.day(date(2026, 10, 11)) == "11 octobre 2026"
    assert english.day(date(2026, 10, 1)) == "October 1, 2026"
