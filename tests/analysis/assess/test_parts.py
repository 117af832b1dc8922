"""A part of the people: counted as the whole counts it, and the whole again where nothing is left out."""

from collections import Counter
from dataclasses import replace

import pytest

from analysis.assess import listed, narrowed, page
from analysis.assess.parts import those_of
from analysis.draw import marked
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.report import as_json, part_said
from analysis.report.outline import sheets
from tests.conftest import altered


def told(impact):
    """Every part that a chart or a list shows, and how many people it says they are."""
    verdict, census = impact.verdict, impact.census
    yield "minor", verdict.minors
    yield "old", verdict.over_75
    yield "village", census.surroundings.village
    yield from ((f"band:{band}", n) for band, n in verdict.bands)
    yield from ((f"open:{n}", people) for n, people in verdict.opened)
    yield from ((f"tier:{n}", people) for n, people in verdict.tiers)
    yield from ((f"channel:{name}", getattr(verdict.reach, name)) for name in ("email", "sms", "post", "call", "none"))
    yield from ((f"department:{place.code}", place.people) for place in census.places[:12])
    yield "department:none", census.abroad
    yield from ((f"class:{size}", n) for size, n in census.reidentification.sizes)
    yield from ((f"has:{a}+{b}", n) for a, b, n in verdict.together)
    ages = Counter()
    for item in census.ages:
        ages[f"age:{item.age}:{'f' if item.sex == 'f' else 'o'}"] += item.people
        ages[f"age:{item.age}"] += item.people
    yield from ages.items()


def test_every_combination_of_the_chart_is_of_so_many_and_they_are_everybody(sample_impact):
    store, impact = sample_impact
    _, _, marks = marked("together", impact, Words("en"))
    counts = []
    for mark in marks:
        n = store.one(those_of(store, impact, mark.part).aggregate(n=lambda t: t.person.nunique()))["n"]
        assert Words("en").number(n) == mark.value
        counts.append(n)
    assert counts == sorted(counts, reverse=True) and 0.98 * impact.people.best <= sum(counts) <= impact.people.best


def test_kinds_and_the_lack_of_others_are_said_and_counted(sample_impact):
    store, impact = sample_impact
    with_both, email, phone = (
        store.one(those_of(store, impact, code).aggregate(n=lambda t: t.count()))["n"]
        for code in ("set:email+phone!", "set:email!phone", "set:phone!email")
    )
    assert with_both == {(a, b): n for a, b, n in impact.verdict.together}["email", "phone"]
    neither = store.one(those_of(store, impact, "set:!email+phone").aggregate(n=lambda t: t.count()))["n"]
    assert with_both + email + phone + neither == impact.people.best
    assert Words("en").of(part_said("set:email!phone")) == "With E-mail, without Phone"


def test_each_mark_of_a_chart_leaves_as_many_people_as_it_says(sample_impact):
    store, impact = sample_impact
    for code, n in told(impact):
        found = store.one(those_of(store, impact, code).aggregate(n=lambda t: t.person.nunique()))["n"]
        assert found == n, code


@pytest.mark.parametrize(
    "code", ["minor", "band:very_high", "channel:post", "department:01", "class:1", "has:phone+email", "age:40:f"]
)
def test_the_impact_of_a_part_is_of_its_people_alone(sample_impact, code):
    store, impact = sample_impact
    some = narrowed(store, impact, (code,), Watch())
    n = dict(told(impact)).get(code) or dict(told(impact))["has:email+phone"]
    assert some.people.best == some.people.low == some.people.high == n and some.among == impact.people.best
    assert sum(people for _, people in some.verdict.bands) == sum(people for _, people in some.verdict.tiers) == n
    assert sum(place.people for place in some.census.places) + some.census.abroad == n
    assert sum(people for _, people in some.census.profiles) == n
    assert sum(item.people for item in some.census.ages) == some.census.known_age <= n
    reach = some.verdict.reach
    assert reach.email + reach.sms + reach.post + reach.call + reach.none + reach.deceased == n
    table, count = listed(store, some, Watch())
    assert count == n and len(page(store, some, table, 0, 10_000)) == n


def test_the_parts_of_a_chart_add_up_to_the_whole(sample_impact):
    store, impact = sample_impact
    parts = [
        narrowed(store, impact, (f"channel:{name}",), Watch()) for name in ("email", "sms", "post", "call", "none", "relatives")
    ]
    for of in (
        lambda item: item.verdict.minors,
        lambda item: item.census.abroad,
        lambda item: item.census.reidentification.uniques,
    ):
        assert sum(of(item) for item in parts) == of(impact)


def test_filters_are_an_and_in_any_order_and_none_is_everybody(sample_impact):
    store, impact = sample_impact
    one, other = (narrowed(store, impact, codes, Watch()) for codes in (("minor", "has:email"), ("has:email", "minor")))
    assert one.people.best == other.people.best == one.verdict.minors < impact.verdict.minors
    assert narrowed(store, impact, (), Watch()) is impact
    assert narrowed(store, impact, ("minor", "old"), Watch()).people.best == 0


def test_the_incident_is_as_grave_whoever_is_looked_at_and_rare_is_rare_among_all(sample_impact):
    store, impact = sample_impact
    some = narrowed(store, impact, ("minor",), Watch())
    assert (some.verdict.severity, some.verdict.declared, some.verdict.duties) == (
        impact.verdict.severity,
        impact.verdict.declared,
        impact.verdict.duties,
    )
    table, _ = listed(store, some, Watch())
    whole, _ = listed(store, impact, Watch(), "minor")
    assert [item.person for item in page(store, some, table, 0, 500)] == [
        item.person for item in page(store, impact, whole, 0, 500)
    ]


def test_nobody_is_held_by_a_file_that_was_taken_away(sample_impact):
    store, impact = sample_impact
    assert narrowed(store, impact, ("register:sure",), Watch()).people.best == 0


@pytest.mark.parametrize(
    "code",
    [
        "minx",
        "band:",
        "band:worst",
        "department:9Z",
        "class:7",
        "age:41",
        "age:40:x",
        "has:shoe",
        "role:boss",
        "tier:5",
        "open:x",
    ],
)
def test_what_names_no_part_is_refused_in_a_sentence(code):
    with pytest.raises(Trouble) as refused:
        part_said(code)
    assert refused.value.code == "part"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("minor", "Mineurs"),
        ("band:very_high", "Gravité : Très élevée"),
        ("department:75", "Paris (75)"),
        ("age:105:f", "Femmes de 105+ ans"),
        ("age:40", "40–44 ans"),
        ("has:email+phone", "Avec : E-mail, Téléphone"),
        ("channel:post", "Meilleur canal : Courrier"),
        ("class:3-4", "3–4 personnes partagent date de naissance, sexe et code postal"),
    ],
)
def test_each_part_is_named_in_french(code, said):
    assert Words("fr").of(part_said(code)).replace("\u202f", " ").replace("\u00a0", " ") == said


def test_every_document_of_a_part_says_of_whom_it_is(sample_impact):
    store, impact = sample_impact
    some = narrowed(store, impact, ("minor", "department:01"), Watch())
    words = Words("en")
    found = as_json(some, {}, words)
    assert found["only"] == {
        "parts": ["minor", "department:01"],
        "said": ["Minors", "Ain (01)"],
        "people_in_all": impact.people.best,
    }
    assert "only" not in as_json(impact, {}, words)
    (first, second, *_) = sheets(some, words)[0].rows
    assert first == ("ONLY THESE PEOPLE", "Minors; Ain (01)") and second[1] == impact.people.best
    assert str(impact.people.best) in words.of(some.findings[0].said).replace(",", "")


def test_a_claim_is_of_everybody_and_not_of_a_part(sample_impact):
    from analysis.assess.projection import projection

    store, impact = sample_impact
    claimed = altered(impact, incident=replace(impact.incident, claimed_people=9_000))
    assert projection(claimed) and not projection(narrowed(store, claimed, ("minor",), Watch()))
