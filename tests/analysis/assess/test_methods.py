"""The other methods beside ENISA: their published vectors; ENISA's context by class, proposed and overruled; scenarios and
priority."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.assess.context import Minors, class_scores, in_words
from analysis.assess.findings import weighed
from analysis.assess.lenses import aepd, all_lenses, likelihood
from analysis.assess.precedents import nearest
from analysis.assess.profile import PROFILE, flags_of
from analysis.assess.rating import rated, rating, tier, totals
from analysis.assess.scenarios import advice_of, all_scenarios, implied, level_of
from analysis.assess.severity import BANDS, incident_severity, score
from analysis.declare.incident import incident_of
from analysis.declare.question import Question
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model import Incident
from analysis.model.codes import Band, Role
from analysis.pipeline import answer
from analysis.rules import shapes
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from tests.conftest import DAY, SAMPLE, altered

SALE = Incident(nature="hospital", disclosure="unknown", malicious=True, breach_date=DAY)
EN = Words("en")


# Facts on severity, section 7 (computed from the guide's annex III).
@pytest.mark.parametrize(("name", "values", "score", "count", "authority", "people"), [
    ("A1", (4, 2, 8), 64, 3, True, True), ("A2", (4, 1, 8), 32, 2, True, False), ("A3", (3, 2, 6), 36, 2, True, False),
    ("A4", (5, 2, 10), 100, 3, True, True), ("A5", (5, 1, 8), 40, 2, True, False), ("A6", (2, 2, 10), 40, 2, True, False),
    ("A7", (3, 1, 8), 24, 1, False, False), ("A8", (4, 1, 4), 16, 1, False, False), ("A9", (1, 1, 2), 2, 0, False, False),
])  # fmt: skip
def test_the_aepd_s_annex(name, values, score, count, authority, people):
    volume, kind, impact = values
    records = {1: 50, 2: 500, 3: 50_000, 4: 758_912, 5: 5_000_000}[volume]
    found = aepd(records, kind == 2, impact)
    assert (found.volume, found.score, found.circumstances, found.authority, found.people) == (
        volume,
        score,
        count,
        authority,
        people,
    ), name


@pytest.mark.parametrize(
    ("records", "volume"), [(99, 1), (100, 2), (1_000, 2), (1_001, 3), (100_000, 3), (1_000_000, 4), (1_000_001, 5)]
)
def test_a_bound_of_the_aepd_s_volume_belongs_to_the_lower_band(records, volume):
    assert aepd(records, False, 2).volume == volume


# Outcomes of EDPB Guidelines 01/2021 v2.0: authority, people.
OUTCOMES = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (1, 1), 5: (1, 1), 6: (0, 0), 7: (1, 1), 8: (1, 0), 9: (0, 0), 10: (0, 0), 11: (1, 1), 12: (1, 1),
            13: (0, 0), 14: (1, 1), 15: (0, 0), 16: (1, 0), 17: (1, 1), 18: (1, 1)}  # fmt: skip


def test_the_outcomes_of_the_edpb_s_eighteen_cases():
    assert {case.number: (case.authority, case.inform) for case in load(shapes.Edpb).case} == OUTCOMES


def nearest_of(incident, data, people):
    return [item.case.number for item in nearest(incident, data, people)]


def test_exfiltration_from_a_hospital_is_beside_the_cases_of_exfiltration():
    """The test that must pass: cases 7 and 5, with what differs; documentation, authority and people."""
    found = nearest(SALE, 1, 758_912)
    assert [item.case.number for item in found] == [7, 5]
    assert all((item.case.authority, item.case.inform) == (True, True) for item in found)
    assert [EN.of(said) for said in found[0].differs] == ["another sector than health", "identity numbers or financial data"]
    assert "the same cause" in [EN.of(said) for said in found[0].agrees]


def test_ransomware_in_a_hospital_is_case_three():
    locked = Incident(nature="hospital", disclosure="none", availability=0.25, malicious=True, claimed_people=3000)
    assert (
        nearest_of(locked, 1, 3000)[0] == 3 and nearest_of(replace(locked, malicious=None, cause="ransomware"), 1, 3000)[0] == 3
    )


@pytest.mark.parametrize(("cause", "category"), [
    ("ransomware", {1, 2, 3, 4}), ("exfiltration", {5, 6, 7}), ("insider", {8}), ("loss", {10, 11, 12}), ("mistake", {9, 13, 14, 15, 16}),
    ("deception", {17, 18}),
])  # fmt: skip
def test_a_declared_cause_leaves_the_cases_of_its_category_alone(cause, category):
    found = nearest_of(replace(SALE, cause=cause), 3, 3000)
    assert set(found) <= category


def test_what_is_too_far_is_not_shown():
    assert nearest_of(replace(SALE, cause="mistake", unintelligible=True), 3, 30_000_000) == []


def test_decisions_of_the_cnil_stand_beside_the_eighteen():
    found = nearest(SALE, 1, 758_912, load(shapes.Edpb).decision)
    assert found[0].case.title.startswith("Hôpital privé de la Loire") and not found[0].differs


def test_each_published_case_is_nearest_to_itself_or_to_one_of_its_outcome():
    for case in load(shapes.Edpb).case:
        incident = Incident(cause=case.cause, disclosure=case.recipients, malicious=case.malicious, availability=0.5 * ("a" in case.loss), unintelligible=not case.readable,
                            nature="hospital" if case.sector == "health" else "shop")  # fmt: skip
        found = nearest(incident, case.data, case.people)[0].case
        assert (found.authority, found.inform) == (case.authority, case.inform), (case.number, found.number)


def test_likelihood_of_the_cnil():
    assert likelihood(Incident()) is None and likelihood(SALE) == 4
    assert likelihood(replace(SALE, malicious=False)) == 3 and likelihood(replace(SALE, disclosure="known", malicious=False)) == 2
    assert likelihood(replace(SALE, unintelligible=True)) == 1


@pytest.fixture(scope="module")
def impact(tmp_path_factory):
    from analysis.store import Store

    store = Store(root=tmp_path_factory.mktemp("vault"))
    yield answer(store, Question(SALE, DAY, files=(SAMPLE,)), Watch())
    store.close()


def test_every_lens_says_what_it_is_worth(impact):
    found = {item.code: item for item in all_lenses(impact)}
    assert list(found) == ["cnil", "edpb", "decisions", "aepd", "nist", "hipaa"]
    assert EN.of(found["cnil"].result) == "Severity: Maximum. Likelihood: Maximum."
    assert "7, Credential stuffing" in EN.of(found["edpb"].result) and "inform the people" in EN.of(found["edpb"].result)
    assert EN.of(found["nist"].result) == "High."
    assert EN.of(found["hipaa"].result).startswith("6 of the 18") and "A, B, C, D, F, H" in EN.of(found["hipaa"].result)
    assert all(item.status.text for item in found.values())


# ENISA's context by class


@pytest.mark.parametrize(("given", "score"), [
    (Incident(), 1), (replace(SALE, nature="shop"), 1), (replace(SALE, nature="luxury"), 2), (SALE, 3), (replace(SALE, nature="psychiatry"), 4),
])  # fmt: skip
def test_the_controller_moves_simple_data(impact, given, score):
    simple = class_scores(impact.people.exposure, given, Minors())[0]
    assert (simple.code, simple.proposed, simple.final) == ("simple", score, score)


def exposed(impact, *codes):
    """The exposure of the sample, with fields of these kinds instead of its own."""
    field = impact.people.exposure.fields[0]
    return replace(
        impact.people.exposure,
        fields=tuple(replace(field, kind=code, position=at, valid=50, malformed=0) for at, code in enumerate(codes)),
    )


# Examples of the facts on severity, 2.3.
@pytest.mark.parametrize(("name", "codes", "given", "dpc"), [
    ("supermarket customer "
        "list", ("last_name", "email"), Incident(nature="shop"), 1), ("luxury cars", ("last_name", "email"), Incident(nature="luxury"), 2),
    ("pharmacy customer list", ("last_name", "address"), Incident(nature="pharmacy"), 3), ("pharmacy purchases", ("last_name", "treatment"), Incident(nature="pharmacy"), 4),
    ("a bare account number", ("bank_account",), Incident(), 2), ("full card data", ("credit_card", "card_detail"), Incident(), 4),
    ("test results", ("last_name", "health_measure"), Incident(), 4), ("one day of locations", ("geo",), Incident(), 2),
    ("public before", ("geo",), Incident(public=True), 1), ("incomes", ("last_name", "income"), Incident(), 3),
])  # fmt: skip
def test_examples_of_the_context(impact, name, codes, given, dpc):
    sample, _ = incident_severity(exposed(impact, *codes), given, 1.0, Minors())
    assert sample.dpc == dpc, name


def test_a_person_overrules_a_class_with_her_reason_and_every_score_follows(impact):
    given = incident_of(
        {
            "nature": "hospital",
            "disclosure": "unknown",
            "malicious": True,
            "overrules": [{"what": "simple", "score": 2, "reason": "no care unit"}],
        }
    )
    simple = class_scores(impact.people.exposure, given, Minors(12, 12))[0]
    assert (simple.proposed, simple.final) == (4, 2)
    assert (
        EN.of(in_words(simple))
        == "DPC 2: civil status and contact details (simple data), decided by hand (proposed: 4): no care unit"
    )
    assert rating(1 << PROFILE.index("name") | 1 << PROFILE.index("birth"), 1, frozenset({"name", "birth"}), given).dpc == 2
    worst, _ = incident_severity(impact.people.exposure, given, 1.0, Minors())
    assert worst.se == 3.0


@pytest.mark.parametrize("wrong", [
    [{"what": "simple", "score": 5, "reason": "x"}], [{"what": "colour", "score": 1, "reason": "x"}], [{"what": "ei", "score": 0.3, "reason": "x"}],
    [{"what": "simple", "score": 2, "reason": " "}], [{"what": "simple", "score": 2}], "simple",
])  # fmt: skip
def test_an_overrule_needs_a_class_a_score_and_a_reason(wrong):
    with pytest.raises(Trouble) as raised:
        incident_of({"overrules": wrong})
    assert raised.value.code == "incident_overrules"


def test_mostly_invalid_data_are_a_proposal_that_only_the_controller_can_apply(impact):
    exposure = exposed(impact, "income")
    doubtful = replace(exposure, fields=(replace(exposure.fields[0], valid=10, malformed=40),))
    found = class_scores(doubtful, Incident(), Minors())[1]
    assert found.final == 3 and [(move.factor, move.applied) for move in found.moves] == [("invalid", False)]


# Scenarios


def test_what_can_be_sent_to_everybody_is_never_grave():
    everything = frozenset({*PROFILE, *kinds()}) - {"deceased"}
    mailed = {item.code: level_of(item, implied(everything, SALE))[0] for item in all_scenarios()}
    assert {code for code, found in mailed.items() if found < 3} == {"phishing", "sms_lure", "unwanted_visit"}


@given(
    st.frozensets(st.sampled_from([*PROFILE, *kinds()])),
    st.sampled_from([(), (Role.SUBJECT,), (Role.TRUSTED,), (Role.SUBJECT, Role.TRUSTED)]),
)
def test_advice_fits_who_it_is_for_and_what_leaked(flags, roles):
    for item in all_scenarios():
        advice = advice_of(item, flags, roles)
        assert ("password" in flags) or "Change the password" not in advice
        assert not ("deceased" in flags and advice)
        if "minor" in flags and advice:
            assert "child" in advice
        if roles == (Role.TRUSTED,) and not flags & {"minor", "deceased"} and item.code in ("phishing", "sms_lure", "phone_scam"):
            assert "close to you" in advice


def level(code, *flags, incident=SALE):
    item = next(item for item in all_scenarios() if item.code == code)
    return level_of(item, implied(frozenset(flags), incident))[0]


@pytest.mark.parametrize(("code", "flags", "expected"), [
    ("phishing", ("email", "name"), 2), ("phishing", ("email",), 2), ("phishing", ("phone", "name"), 0), ("sms_lure", ("mobile", "name"), 2),
    ("phone_scam", ("phone", "name", "old"), 3), ("phone_scam", ("phone", "name"), 2), ("identity_fraud", ("name", "birth"), 1), ("identity_fraud", ("name", "birth", "home"), 2),
    ("identity_fraud", ("name", "birth", "national_id"), 3), ("social_security_fraud", ("national_id", "name", "birth"), 3), ("account_takeover", ("email", "password"), 3),
    ("blackmail", ("name", "email"), 2), ("blackmail", ("name", "email", "diagnosis_code"), 3), ("unwanted_visit", ("home", "name", "minor"), 2), ("unwanted_visit", ("home",), 1),
    ("sim_swap", ("mobile", "name", "birth"), 1), ("sim_swap", ("phone", "name", "birth"), 0),
])  # fmt: skip
def test_the_level_of_a_scenario(code, flags, expected):
    assert level(code, *flags) == expected


def test_outside_of_care_a_name_and_an_address_are_no_blackmail():
    assert level("blackmail", "name", "email", incident=replace(SALE, nature="shop")) == 0


def test_every_word_of_a_scenario_is_known():
    known = {*PROFILE, *kinds(), "named", "health", "intimate"}
    for item in all_scenarios():
        assert all(word in known for _, needs in item.steps for need in needs for word in need), item.code
        assert [level for level, _ in item.steps] == sorted((level for level, _ in item.steps), reverse=True)


@given(
    st.frozensets(st.sampled_from([*PROFILE, "national_id", "password", "diagnosis_code", "bank_account"])),
    st.sampled_from([*PROFILE, "national_id", "password"]),
)
def test_more_exposed_is_never_less_severe(flags, more):
    """But for a shared mailbox, which is a person's less than her own, and for a name that many or few bear."""
    for one, other in [(flags, flags | {more})]:
        if more in ("email_role", "small_town", "rare_name", "mobile"):
            continue
        a, b = (rating(0, 1, given, SALE) for given in (one, other))
        assert b.se >= a.se and all(x <= y for x, y in zip(a.levels, b.levels, strict=True))
        assert score(b.dpc, b.ei, 1.0) == b.se


@given(st.frozensets(st.sampled_from([*PROFILE, *kinds()])))
def test_a_profile_holds_its_flags(flags):
    names = [*PROFILE, *kinds()]
    assert flags_of(sum(1 << at for at, name in enumerate(names) if name in flags)) == flags


def test_every_person_is_in_one_tier_one_band_and_one_level_of_each_scenario(impact):
    people = impact.people.best
    assert (
        sum(n for _, n in impact.verdict.tiers)
        == sum(n for _, n in impact.verdict.bands)
        == sum(n for _, n in impact.census.profiles)
        == people
    )
    assert all(sum(counts) <= people for _, *counts in impact.verdict.scenarios) and len(impact.verdict.scenarios) == 9
    ratings = rated(impact.census.profiles, impact.incident)
    assert totals(ratings, lambda item: [item.tier]) == dict(pair for pair in impact.verdict.tiers if pair[1])
    assert (
        tier(Band.VERY_HIGH, frozenset({"minor"})) == 1
        and tier(Band.VERY_HIGH, frozenset()) == 2
        and tier(Band.HIGH, frozenset({"old"})) == 3
        and tier(Band.MEDIUM, frozenset()) == 4
    )
    assert load(shapes.Scenarios).version in impact.rules


def test_a_change_of_the_incident_gives_what_a_new_analysis_gives(impact, tmp_path):
    from analysis.assess import assess
    from analysis.store import Store

    store = Store(root=tmp_path)
    first = answer(store, Question(Incident(), DAY, files=(SAMPLE,)), Watch())
    changed = assess(store, first.people, replace(SALE, identifiers_rule="and"), DAY, Watch(), first)
    anew = assess(store, first.people, replace(SALE, identifiers_rule="and"), DAY, Watch())
    assert changed == anew and changed.verdict.bands != first.verdict.bands
    store.close()


def test_the_findings_are_five_the_gravest_first_each_with_its_method(impact):
    from analysis.assess.findings import WEIGHTS, findings, weighed

    assert len(impact.findings) == 5 and all(item.said.text and item.method.text for item in impact.findings)
    weights = [weight for weight, _ in weighed(impact)]
    shown = list(impact.findings[2:])
    ranked = [item for _, item in sorted(weighed(impact), key=lambda pair: -pair[0])]
    assert shown == ranked[:3] and len(weights) == len(WEIGHTS) - 1  # no text of the sample tells anything
    calm = findings(
        altered(
            impact, minors=0, over_75=0, scenarios=(), reidentification=replace(impact.census.reidentification, alone_in_town=0.0)
        )
    )
    assert all("minor" not in item.said.text for item in calm.findings)


def test_the_worst_scenario_is_told_with_its_number(impact):
    found = [EN.of(item.said) for _, item in weighed(impact)]
    code, *_, grave = max(impact.verdict.scenarios, key=lambda item: item[3])
    label = next(item.label for item in all_scenarios() if item.code == code)
    assert f"The data open {grave:,} people to a grave level of: {label}." in found


@given(
    st.frozensets(st.sampled_from([*PROFILE, "national_id", "diagnosis_code", "income"])), st.sampled_from([0.0, 0.25, 0.5]), st.sampled_from([0.0, 0.25, 0.5]),
    st.sampled_from(["none", "known", "unknown"]), st.sampled_from(["none", "known", "unknown"]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_stricter_circumstances_never_lower_a_band(flags, one, other, here, there, malice, more):
    order = ["none", "known", "unknown"]
    mild = replace(SALE, integrity=min(one, other), disclosure=min(here, there, key=order.index), malicious=malice and more)
    strict = replace(SALE, integrity=max(one, other), disclosure=max(here, there, key=order.index), malicious=malice or more)
    assert BANDS.index(rating(0, 1, flags, strict).band) >= BANDS.index(rating(0, 1, flags, mild).band)


def part_of(impact, name):
    return getattr(impact.census if name in impact.census.__dataclass_fields__ else impact.verdict, name)


def test_the_order_of_rows_and_columns_changes_no_figure(impact, tmp_path):
    import random

    from analysis.store import Store

    rng = random.Random(9)
    head, *rows = [text.split(";") for text in SAMPLE.read_text(encoding="utf-8").splitlines()]
    order = rng.sample(range(len(head)), len(head))
    rng.shuffle(rows)
    path = tmp_path / "shuffled.csv"
    path.write_text("\n".join(";".join(row[at] for at in order) for row in [head, *rows]) + "\n", encoding="utf-8")
    store = Store(root=tmp_path)
    again = answer(store, Question(SALE, DAY, files=(path,)), Watch())
    same = (
        "bands",
        "minors",
        "over_75",
        "known_age",
        "scenarios",
        "tiers",
        "profiles",
        "reidentification",
        "reach",
        "ages",
        "places",
        "together",
        "exposed",
    )
    shares = [item.census.reidentification.alone_in_town for item in (again, impact)]  # a sum of floats, in another order
    assert shares[0] == pytest.approx(shares[1], rel=1e-12)
    again = altered(again, reidentification=replace(again.census.reidentification, alone_in_town=shares[1]))
    assert {name: part_of(again, name) for name in same} == {name: part_of(impact, name) for name in same}
    assert (again.people.low, again.people.best, again.people.high) == (impact.people.low, impact.people.best, impact.people.high)
    assert again.verdict.severity.se == impact.verdict.severity.se
    store.close()
