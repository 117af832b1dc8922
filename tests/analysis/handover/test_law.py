"""A lawyer's checklist: what Articles 33(3), 33(5) and 34(2) ask for has its place in each document, and one that lacks it says
so first."""

from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.handover import authority, letters, records
from analysis.handover.cnil import band, cnil
from analysis.handover.groups import Group, audiences
from analysis.handover.letters import GSM, LONG, PLAIN, sms
from analysis.handover.pack import Wanted, documents
from analysis.handover.summary import assessment, board, summary
from analysis.pipeline import answer
from analysis.render.pdf import told
from analysis.report.front import deadline, sentence
from tests.analysis.handover.conftest import TOLD
from tests.conftest import DAY

FR, EN = Words("fr"), Words("en")


def texts(document, words=FR):
    """Everything that a document says."""

    def within(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for item in value.values():
                yield from within(item)
        elif isinstance(value, list):
            for item in value:
                yield from within(item)

    return "\n".join(within(told(document, words)))


# Article 34(2): nature, contact, likely consequences, measures; and what makes a letter one of somebody.
LETTER = {
    "circumstances": "",
    "measures": (),
    "controller": "",
}


@pytest.mark.parametrize("name", LETTER)
def test_a_letter_without_one_of_the_four_things_is_not_finished(without, groups, name):
    impact = without(**{name: LETTER[name]})
    for item in groups:
        assert not letters.letter(impact, item, FR).finished
        assert not letters.message(impact, item, FR).finished
    assert not letters.notice(impact, groups, FR).finished and not letters.press(impact, groups, FR).finished


def test_a_letter_without_any_contact_is_not_finished_and_one_contact_is_enough(without, groups):
    assert not letters.notice(without(dpo_contact="", hotline="", dpo=""), groups, FR).finished
    assert letters.notice(without(dpo_contact="", dpo=""), groups, FR).finished


def test_a_letter_of_a_template_is_never_finished(without, groups):
    assert not letters.notice(without(template=True), groups, FR).finished


@pytest.mark.parametrize("words", [FR, EN], ids=["fr", "en"])
def test_a_finished_letter_tells_nature_contact_consequences_and_measures(declared, groups, words):
    _, impact = declared
    for item in groups:
        found = letters.letter(impact, item, words)
        said = texts(found, words)
        assert found.finished and found.letter
        for part in ("Hôpital fictif", "Un compte a été détourné.", "dpo@hopital.example", "01 99 00 00 00", "Compte fermé"):
            assert part in said, (item.group, part)
        assert "[" not in said and "Not personal" not in said and "Non personnel" not in said
    assert {item.group for item in groups} == {Group.ADULT, Group.MINOR}
    assert sum(item.people for item in groups) == impact.people.best


def test_parents_are_told_of_their_child_and_not_to_change_her_password(declared, groups):
    _, impact = declared
    minor = next(item for item in groups if item.group is Group.MINOR)
    found = letters.letter(impact, minor, EN)
    said = texts(found, EN)
    assert "legal representative of a minor" in said and "your child" in said.lower() and "password wherever" not in said
    assert "about you" not in found.title


@pytest.mark.parametrize("words", [FR, EN], ids=["fr", "en"])
def test_a_message_is_at_most_two_long_and_names_who_writes_and_where_to_ask(declared, without, groups, words):
    _, impact = declared
    for told_of in (impact, without(controller="H" * 150, hotline="h" * 120), without(controller="Клиника", hotline="x" * 30)):
        for item in groups:
            text = sms(told_of, item, words)
            assert len(text) <= (LONG if set(text) <= GSM else PLAIN)
            assert told_of.incident.hotline[:80] in text
    assert "Hopital fictif" in sms(impact, groups[0], words)


def named(at):
    """A last name that is invented, of letters alone."""
    return f"NOM{'ABCDEFGHIJ'[at // 10 % 10]}{'ABCDEFGHIJ'[at % 10]}"


def analyzed(store, tmp_path, lines):
    path = tmp_path / "leak.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return answer(store, Question(TOLD, DAY, files=(path,)), Watch())


def test_who_stands_beside_is_told_of_her_own_data_and_harms_alone(store, tmp_path):
    beside = "personne_confiance_nom;personne_confiance_prenom;personne_confiance_telephone"
    head = f"nom;prenom;date_naissance;email;diagnostic;mot_de_passe;{beside}"
    rows = [
        f"{named(at)};Anne;{1 + at % 28:02d}/03/1970;p{at}@courriel.example;E1{at % 2}.9;Secret{at}x;{named(99 - at)};Paul;0699{at:06d}"
        for at in range(60)
    ]
    impact = analyzed(store, tmp_path, [head, *rows])
    told = {item.group: item for item in audiences(store, impact)}
    assert {group: item.people for group, item in told.items()} == {Group.ADULT: 60, Group.BESIDE: 60}
    assert {"first_name", "phone"} <= set(told[Group.BESIDE].kinds) <= {"last_name", "first_name", "phone"}
    said = texts(letters.letter(impact, told[Group.BESIDE], EN), EN)
    for part in ("threats to reveal", "accounts", "employer", "password", "E-mail", "Diagnosis"):
        assert part not in said, part
    assert "calls by people" in said
    adult = texts(letters.letter(impact, told[Group.ADULT], EN), EN)
    assert "threats to reveal" in adult and "Change the password" in adult


def test_minors_and_the_dead_are_counted_where_they_stand_and_all_groups_are_everybody(store, tmp_path):
    rows = []
    for at in range(100):
        born, dead = ("2015" if at < 30 else "1960"), ("01/02/2023" if 20 <= at < 50 else "")
        rows.append(f"{named(at)};Anne;{1 + at % 28:02d}/0{1 + at % 9}/{born};{dead};p{at}@courriel.example")
    impact = analyzed(store, tmp_path, ["nom;prenom;date_naissance;date_deces;email", *rows])
    told = {item.group: item for item in audiences(store, impact)}
    assert {group: item.people for group, item in told.items()} == {Group.ADULT: 50, Group.MINOR: 20, Group.DECEASED: 30}
    assert "death_date" in told[Group.DECEASED].kinds and "death_date" not in told[Group.ADULT].kinds


def test_children_beside_their_parents_are_told_through_them_and_parents_of_their_own_data(store, tmp_path):
    head = "nom;prenom;date_naissance;email;mot_de_passe;enfant_nom;enfant_prenom;enfant_date_naissance"
    rows = [
        f"{named(at)};Anne;{1 + at % 28:02d}/03/1980;p{at}@courriel.example;Secret{at}x;{named(at)};Lea;{1 + at % 28:02d}/0{1 + at % 9}/20{8 + at % 9:02d}"
        for at in range(80)
    ]
    impact = analyzed(store, tmp_path, [head, *rows])
    told = {item.group: item for item in audiences(store, impact)}
    assert sum(item.people for item in told.values()) == impact.people.best
    assert told[Group.ADULT].people == 80 and "password" in told[Group.ADULT].kinds
    assert told[Group.MINOR_BESIDE].people == 80 and not set(told[Group.MINOR_BESIDE].kinds) & {"password", "email"}


def test_what_texts_tell_is_in_letters_and_notification(declared, groups):
    _, impact = declared
    written = replace(impact, census=replace(impact.census, told=(("religion", "told", 40), ("hiv", "denied", 9))))
    form = {item.number: item for item in authority.answers(written, EN)}
    assert "Religion or belief" in form[71].said and "HIV" not in form[71].said and form[70].value == "g"
    told_of = replace(groups[0], texts=("Religion or belief",))
    assert "Religion or belief" in texts(letters.letter(written, told_of, EN), EN)
    assert "Données sensibles\nOui" in texts(cnil(written, EN), EN)


# Article 33(3): nature with categories and numbers of people and records (a), contact (b), consequences (c), measures (d).
NOTIFIED = {55, 60, 61, 62, 65, 66, 67, 68, 70, 71, 72, 73, 30, 31, 79, 85, 86, 87, 89, 90, 92}


def test_the_notification_has_all_that_article_33_asks_for(declared):
    _, impact = declared
    found = {item.number: item for item in authority.answers(impact, FR)}
    assert found.keys() >= NOTIFIED | authority.required()
    assert not [item for item in found.values() if item.source == authority.OPEN]
    assert authority.notification(impact, tuple(found.values()), FR).finished


def test_the_form_validates_against_the_public_schema(declared):
    _, impact = declared
    form = authority.as_form(authority.answers(impact, FR))
    checker = jsonschema.Draft202012Validator(authority.schema())
    assert not list(checker.iter_errors(form))
    assert (form["field_3"], form["field_4"], form["field_68"], form["field_73"]) == ("a", "a", impact.people.best, 5000)
    assert f"Patients : {FR.number(impact.people.best)}" in form["field_66"]
    assert (form["field_65"], form["field_60"], form["field_61"], form["field_89"]) == ("e", "g", "d", "a")
    assert form["field_48"] == "2024-11-19T10:00:00+01:00"


def test_of_an_undeclared_incident_the_form_is_incomplete_and_marks_what_is_missing(bare):
    found = authority.answers(bare, FR)
    form = authority.as_form(found)
    document = authority.notification(bare, found, FR)
    assert form["field_4"] == "b" and form["field_87"] == "d" and "field_89" not in form
    assert not document.finished and len(document.missing) >= 10
    wrong = {error.message.split("'")[1] for error in jsonschema.Draft202012Validator(authority.schema()).iter_errors(form)}
    assert wrong <= {"field_50", "field_89", "field_23", "field_75", "field_94"}  # closed lists of which nobody has chosen


def test_a_complementary_notification_tells_only_what_changed_and_a_withdrawal_why(declared, without):
    _, impact = declared
    before = authority.as_form(authority.answers(impact, FR))
    after = without(circumstances="Deux comptes ont été détournés.")
    changed = authority.changed(authority.answers(after, FR, follows="FR-2024-1"), before)
    assert {item.number for item in changed if item.number >= 8} == {62}
    assert {item.number: item.value for item in changed}[6] == "FR-2024-1"
    taken_back = authority.as_form(authority.answers(impact, FR, withdrawn="Pas de fuite."))
    assert (taken_back["field_3"], taken_back["field_4"], taken_back["field_5"]) == ("b", "c", "Pas de fuite.")


def test_late_without_reasons_is_not_finished(without):
    late = without(notified="2024-12-01T10:00:00")
    document = authority.notification(late, authority.answers(late, FR), FR)
    assert not document.finished
    told_why = without(notified="2024-12-01T10:00:00", late="Expertise en cours.")
    assert authority.notification(told_why, authority.answers(told_why, FR), FR).finished


# Article 33(5): the facts, the effects, the remedial action.
def test_the_register_holds_facts_effects_and_remedies_in_one_line(declared, tmp_path):
    _, impact = declared
    told_of = dict(records.entry(impact, EN))
    assert all(
        told_of[name] for name in ("Facts", "Effects", "Measures", "Authority: decision and why", "People: decision and why")
    )
    records.write_register(impact, tmp_path / "register.csv", EN)
    head, line = (tmp_path / "register.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.count(";") == 21 and "Un compte a été détourné." in line
    assert not records.register(impact, EN).missing


def test_that_people_have_an_address_does_not_say_that_they_were_told(without):
    told_on = without(informed=date(2024, 11, 25))
    form = {item.number: item for item in authority.answers(told_on, FR)}
    assert form[97].value == "a" and form[98].value == "2024-11-25"
    assert [form[number].source for number in (102, 104, 106)] == [authority.OPEN] * 3 and form[4].value == "b"


def test_a_processor_notifies_its_controllers_alone(without):
    impact = without(processor=True)
    names = [name for name, *_ in documents(impact, (), Wanted(forms=("edpb", "cnil")), FR)]
    assert names == ["to-controllers", "register", "checklist"]
    assert "Article 33(2)" in EN.of(sentence(impact)) and "33(2)" in deadline(impact, EN)


def test_losses_beside_confidentiality_are_told_in_every_document(without):
    impact = without(integrity=0.25, availability=0.5)
    form = {item.number: item.value for item in authority.answers(impact, FR)}
    assert (form[58], form[59], form[81], form[83]) == ("b", "b", "d", "d")
    assert dict(records.entry(impact, EN))["Nature of the breach"] == "confidentiality, integrity, availability"
    assert "Perte de l'intégrité · Perte de la disponibilité" in texts(cnil(impact, FR))


def test_a_register_without_facts_says_so(without):
    assert records.register(without(circumstances=""), FR).missing


def test_a_processor_tells_facts_and_no_assessment(without):
    impact = without(processor=True)
    found = records.processor_note(impact, EN)
    assert found.finished and "severity" not in texts(found, EN).lower()
    assert not records.processor_note(without(processor=True, measures=()), EN).finished


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (5, "Entre 0 et 5 personnes"),
        (6, "Entre 6 et 50 personnes"),
        (50, "Entre 6 et 50 personnes"),
        (51, "Entre 51 et 300 personnes"),
        (300, "Entre 51 et 300 personnes"),
        (301, "Entre 301 et 5000 personnes"),
        (5000, "Entre 301 et 5000 personnes"),
        (5001, "Plus de 5000 personnes"),
        (758_912, "Plus de 5000 personnes"),
    ],
)
def test_the_bands_of_the_cnil(people, said):
    assert band(people) == said


def test_the_cnil_s_items_stand_in_its_words_in_every_language(declared, bare):
    _, impact = declared
    for words in (FR, EN):
        said = texts(cnil(impact, words), words)
        for part in ("Piratage", "Perte de la confidentialité", "Acte externe malveillant", "patients; mineurs", "maximale"):
            assert part in said
    assert not cnil(bare, FR).finished


@pytest.mark.parametrize("words", [FR, EN], ids=["fr", "en"])
def test_every_number_stands_with_file_hash_date_and_version(declared, words):
    _, impact = declared
    for make in (summary, board, assessment):
        found = make(impact, words)
        about = " ".join(value for _, value in found.about)
        assert impact.people.exposure.leak.sha256 in about and "hospital_5000.csv" in about and "Ampleur 0" in about


def test_an_assessment_of_what_nobody_declared_is_not_finished(bare, declared):
    assert not assessment(bare, FR).finished and assessment(declared[1], FR).finished


def test_veris_counts_and_names_nobody(declared):
    _, impact = declared
    found = records.veris(impact)
    assert found["attribute"]["confidentiality"]["data_total"] == 5000 and found["actor"].keys() == {"external"}
    assert found["action"].keys() == {"hacking"}
    amounts = {item["variety"]: item["amount"] for item in found["attribute"]["confidentiality"]["data"]}
    assert amounts == {"Personal": max(field.valid for field in impact.people.exposure.fields)}


def test_no_day_is_invented_for_veris(bare):
    assert records.veris(bare)["timeline"]["incident"].keys() == {"year"}
