"""An impact in, the items of the CNIL's online form out, in its words and order (`cnil.toml`), to be copied one by one."""

from collections.abc import Iterator
from typing import Any

from analysis.assess.clock import clock, told_at
from analysis.assess.severity import declared
from analysis.declare.moments import moment
from analysis.ground.words import Words, say
from analysis.handover.authority import lacking
from analysis.handover.form import OPEN
from analysis.model import Impact, Incident
from analysis.model.codes import DutyState
from analysis.render import Block, Document, Heading, Note, Table
from analysis.report.declared import LABELS
from analysis.report.front import hour, kinds_exposed, made, told_categories
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.papers import Cnil

INSIDE = frozenset({"insider", "mistake", "loss"})  # causes that begin in the house
OPTIONAL = frozenset({"late", "informed_many"})  # items that the form asks only of some


def cnil(impact: Impact, words: Words) -> Document:
    """Section by section: the item of the form, and what to put there."""
    blocks: list[Block] = [
        Note(
            words(
                "Prepared for the CNIL's online form: the items are told from a third party's copy of it and from memory "
                "(unverified). Compare each with the form."
            )
        )
    ]
    told = dict((*who(impact), *when(impact.incident, words), *what(impact, words), *then(impact, words)))
    for section in load(Cnil).section:
        items = [item for item in section.items if told[item.code] or item.code not in OPTIONAL]
        rows = tuple((item.label, told[item.code] or f"[{words(OPEN)}]") for item in items)
        blocks += [Heading(section.title), Table((words("Item of the form"), words("Answer")), rows)]
    missing = [say(LABELS[name]) for name in dict.fromkeys(lacking(impact))]
    return made(impact, words, words("Prepared for the CNIL's online form"), blocks, missing=missing)


def band(people: int) -> str:
    """How the CNIL's open data count people."""
    rules = load(Cnil)
    return next((item.label for item in rules.band if people <= item.people), rules.said["most"])


Told = Iterator[tuple[str, str]]  # the code of an item, what is put there


def who(impact: Impact) -> Told:
    incident, said = impact.incident, load(Cnil).said
    yield "filing", said["follows" if told_at(incident) else "open" if lacking(impact) else "whole"]
    yield "controller", "" if incident.template else incident.controller
    yield "contact", incident.contact_details
    yield "dpo", ", ".join(filter(None, (incident.dpo, incident.dpo_contact)))
    yield "processors", "; ".join(incident.processors) or said["no_processor"]


def when(incident: Incident, words: Words) -> Told:
    unknown, known = load(Cnil).said["unknown"], clock(incident)

    def at(text: str) -> str:
        return hour(moment(text, incident.time_zone), words) if text else ""

    yield "discovered", at(incident.discovered or incident.aware)
    yield "aware", hour(known.aware, words) if known else ""
    yield "started", at(incident.started) or (words.day(incident.breach_date) if incident.breach_date else unknown)
    yield "ended", at(incident.ended) or unknown
    yield "discovery", incident.discovery
    yield "circumstances", incident.circumstances
    yield "late", incident.late


def what(impact: Impact, words: Words) -> Told:
    incident, people, rules = impact.incident, impact.people, load(Cnil)
    said, codes = rules.said, kinds_exposed(impact)

    def whether(true: Any) -> str:
        return said["yes" if true else "no"]

    yield "origin", rules.origins[incident.cause]
    yield "cause", cause(incident)
    lost = {"confidentiality": True, "integrity": incident.integrity, "availability": incident.availability}
    yield "nature", " · ".join(text for code, text in rules.losses.items() if lost[code])
    yield "categories", categories(impact)
    yield "people", words.number(people.best)
    yield "band", band(people.best)
    yield "records", words.number(people.exposure.leak.rows)
    yield "identifiable", whether(impact.verdict.severity.ei >= 1)
    yield "data", "; ".join(dict.fromkeys(kinds()[code].cnil for code in codes if kinds()[code].cnil))
    yield "sensitive", whether(any(kinds()[code].gdpr == "special" for code in codes) or told_categories(impact))


def then(impact: Impact, words: Words) -> Told:
    incident, verdict, rules = impact.incident, impact.verdict, load(Cnil)
    unknown = rules.said["unknown"]
    harms = [rules.harms[code] for code, _, some, most in verdict.scenarios if some + most and code in rules.harms]
    yield "confidentiality", rules.said["spread"]
    yield "harms", "; ".join(dict.fromkeys([rules.said["control"], *harms]))
    yield "severity", rules.levels[verdict.declared.band] if declared(incident) else unknown
    yield "before", "; ".join(incident.before)
    yield "measures", "; ".join(incident.measures)
    yield "prevention", "; ".join(incident.prevention)
    yield "informed", informed(impact)
    yield "informed_on", words.day(incident.informed) if incident.informed else unknown
    yield "informed_many", words.number(incident.informed_people) if incident.informed_people else ""
    yield "authorities", "; ".join(incident.authorities) or unknown
    yield "abroad", unknown


def cause(incident: Incident) -> str:
    said = load(Cnil).said
    if incident.malicious is None:
        return said["cause_unknown"]
    inside = incident.cause in INSIDE or (incident.cause == "unknown" and not incident.malicious)
    return said[f"{'inside' if inside else 'outside'}_{'malicious' if incident.malicious else 'accident'}"]


def categories(impact: Impact) -> str:
    rules, verdict = load(Cnil), impact.verdict
    more = {"minors": verdict.minors, "vulnerable": verdict.over_75}
    first = rules.people.get(impact.incident.nature, rules.said["customers"])
    return "; ".join([first, *(rules.said[code] for code, n in more.items() if n)])


def informed(impact: Impact) -> str:
    state = impact.verdict.states.get("people")
    code = {DutyState.DUE: "told_later", DutyState.NOT_DUE: "told_never"}.get(state, "told_open") if state else "told_open"
    return load(Cnil).said["told" if impact.incident.informed else code]
