"""Impact in, JSON out: the stable contract for scripts (resources/schema/analysis.schema.json)."""

import json
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from analysis import __version__
from analysis.assess.clock import clock
from analysis.assess.context import article
from analysis.assess.projection import projection
from analysis.assess.severity import declared
from analysis.ground.now import now
from analysis.ground.whole import whole
from analysis.ground.words import Said, Words
from analysis.model import Cumulated, Exposure, Field, Freshness, Impact, Key, Leak, Matched, People, Severity
from analysis.report.declared import incident_json
from analysis.report.duties import due, duties_json
from analysis.report.groups import groups, part_said
from analysis.report.ledger import counts
from analysis.report.methods import methods_json

SCHEMA = 1


def as_json(impact: Impact, timings: dict[str, float], words: Words, at: datetime | None = None) -> dict[str, object]:
    """Everything that was found, without a cell of the leak. `at`: when, with its offset (of this machine's zone)."""
    exposure = impact.people.exposure
    return {
        "schema": SCHEMA,
        "analyzed": (at or now()).isoformat(timespec="seconds"),
        "language": words.language,
        "incident": incident_json(impact.incident),
        "leak": leak(exposure.leak, words) | {"tables": tables(exposure)},
        "fields": [field(item, words) for item in exposure.fields],
        "related": [related(item, words) for item in exposure.related],
        "relations": [relation(item) for item in exposure.keys],
        "coherence": [asdict(item) for item in exposure.coherence],
        "freshness": freshness(exposure.freshness),
        **({"only": only(impact, words)} if impact.parts else {}),
        "people": people(impact, words),
        "impact": severity(impact, words),
        "matches": {item.what: match(item) for item in impact.matches},
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
        "versions": versions(impact),
    }


def only(impact: Impact, words: Words) -> dict[str, object]:
    """Which part of the people the figures are of."""
    said = [words.of(part_said(code)) for code in impact.parts]
    return {"parts": list(impact.parts), "said": said, "people_in_all": impact.among}


def match(found: Matched) -> dict[str, object]:
    days = {
        name: day.isoformat() if day else None
        for name, day in (("newest_match", found.newest_match), ("oldest_difference", found.oldest_difference))
    }
    told = {name: value for name, value in asdict(found).items() if name != "table"}
    return {**told, **days, "cumulated": cumulated(found.cumulated)}


def cumulated(found: Cumulated | None) -> dict[str, object] | None:
    if found is None:
        return None
    sizes = [dict(zip(("before", "now", "together", "persons"), item, strict=True)) for item in found.sizes]
    return {"newly": dict(found.newly), "kinds_per_person": sizes}


def freshness(found: Freshness) -> dict[str, object]:
    return {**asdict(found), "newest": found.newest.isoformat() if found.newest else None}


def leak(found: Leak, words: Words) -> dict[str, object]:
    return {
        "name": found.name,
        "sha256": found.sha256,
        "size": found.size,
        "format": found.format,
        "encoding": found.dialect.encoding,
        "encoding_perhaps": found.dialect.rival,
        "delimiter": found.dialect.delimiter,
        "quote": found.dialect.quote,
        "header": found.dialect.header,
        "table": found.sheet.name,
        "files": found.files,
        "refused_members": len(found.unread),
        "unread": [{"name": item.name, "code": item.code, "reason": words.of(item.said)} for item in found.unread],
        "rows": found.rows,
        "columns": len(found.columns),
        "ledger": counts(found.ledger),
    }


def tables(exposure: Exposure) -> list[dict[str, object]]:
    """Every table of the source, what it discloses, whether it holds persons, whether it is counted, and the name under which
    it is read together with others of its columns."""
    known = {item.name: item for item in exposure.tables}
    return [
        {
            "name": name,
            "rows": rows,
            "columns": sheet.width,
            "kinds": list(known[sheet.name].kinds),
            "persons": known[sheet.name].persons,
            "counted": sheet.name in exposure.counted_names,
            "left_out": sheet.name in exposure.case.left_out,
            "read_as": sheet.name,
        }
        for sheet in exposure.leak.sheets
        if sheet.name in known
        for name, rows in sheet.listed
    ]


def related(exposure: Exposure, words: Words) -> dict[str, object]:
    """Another table whose people are counted."""
    return {"table": exposure.leak.sheet.name, "fields": [field(item, words) for item in exposure.fields]}


def relation(key: Key) -> dict[str, object]:
    """Which column of a table refers to which of another; columns from 1."""
    return {
        "table": key.left,
        "column": key.left_column + 1,
        "refers_to": key.right,
        "its_column": key.right_column + 1,
        "share": round(key.share, 4),
        "evidence": key.evidence,
    }


def field(item: Field, words: Words) -> dict[str, object]:
    return {
        "column": item.column,
        "position": item.position + 1,
        "kind": item.taken,
        "check": item.check,
        "role": item.role,
        "person": item.slot + 1,
        "variant": item.variant,
        "confidence": item.confidence,
        "second": item.second,
        "filled": item.filled,
        "valid": item.valid,
        "malformed": item.malformed,
        "placeholder": item.placeholder,
        "empty": item.empty,
        "reasons": [words.of(said) for said in item.reasons],
        "against": [words.of(said) for said in item.against],
        "embedded": [{"kind": kind, "rows": rows} for kind, rows in item.embedded],
        "tells": [{"category": one.category, "meant": one.meant, "rows": one.rows, "example": one.example} for one in item.tells],
        "names_others": {"low": item.named[0], "high": item.named[1]},
    }


def people(impact: Impact, words: Words) -> dict[str, object]:
    found: People = impact.people
    return {
        "rows": found.exposure.leak.rows,
        "low": found.low,
        "best": found.best,
        "high": found.high,
        "minors": impact.verdict.minors,
        "minors_at_most": impact.census.minors_at_most,
        "over_75": impact.verdict.over_75,
        "known_age": impact.census.known_age,
        "roles": {item.role: {"low": item.low, "best": item.best, "high": item.high} for item in found.roles},
        "in_several_roles": found.several,
        "levels": {"strict": found.strict, "exact": found.exact, "linked": found.best, "by": found.level},
        "merges": dict(found.merges),
        "review": asdict(found.review) if found.review is not None else None,
        "rows_per_person": {str(rows): persons for rows, persons in found.sizes},
        "told": told(impact),
        "reach": reach(impact),
        "surroundings": surroundings(impact),
        "departments": {place.code: place.people for place in impact.census.places if place.people},
        "without_department": impact.census.abroad,
        **({} if impact.census.communes is None else {"communes": {item.code: item.people for item in impact.census.communes}}),
        **({} if impact.census.countries is None else {"countries": dict(impact.census.countries)}),
        "limits": sentences(found.limits, words),
    }


def told(impact: Impact) -> dict[str, dict[str, object]]:
    """What texts tell, by category: its article, and people by meaning."""
    found: dict[str, dict[str, object]] = {}
    for category, how, n in impact.census.told:
        found.setdefault(category, {"article": article(category) or None})[how] = n
    return found


def reach(impact: Impact) -> dict[str, object]:
    found = impact.verdict.reach
    total = round(sum(euros for _, euros in found.costs), 2)
    return {
        **asdict(found),
        "costs": {**dict(found.costs), "total": total},
        "together": {name or "none": n for name, n in found.together},
    }


def surroundings(impact: Impact) -> dict[str, object]:
    found = impact.census.surroundings
    return {
        "households": found.households,
        "in_households": found.in_households,
        "largest": found.largest,
        "places": {item.kind: {"addresses": item.addresses, "people": item.people} for item in found.places},
        "shared": {"email": asdict(found.emails), "phone": asdict(found.phones)},
        "groups": {code: n for code, _, n in groups(impact)},
    }


def severity(impact: Impact, words: Words) -> dict[str, object]:
    found = impact.verdict.severity
    return {
        **numbers(found),
        "reasons": sentences(found.reasons, words),
        "declared": {**numbers(impact.verdict.declared), "reasons": sentences(impact.verdict.declared.reasons, words)},
        "bands": dict(impact.verdict.bands),
        "bands_tell": impact.verdict.bands_tell,
        "order": [asdict(item) for item in impact.verdict.order],
        "opened": {str(n): people for n, people in impact.verdict.opened},
        "clock": deadline(impact),
        "projection": {
            item.code: {"found": item.found, "among": item.among, "low": item.low, "expected": item.expected, "high": item.high}
            for item in projection(impact)
        },
        "sample_warnings": sentences(impact.warnings, words),
        "flags": sentences(impact.verdict.flags, words),
        "at_least": impact.verdict.severity.se,
        "up_to": impact.verdict.most.se,
        "declared_enough": declared(impact.incident),
        "duties": sentences(due(impact), words),
        "duties_explained": duties_json(impact, words),
        "findings": [words.of(item.said) for item in impact.findings],
        "findings_explained": [
            {"said": words.of(item.said), "method": words.of(item.method), "group": item.group} for item in impact.findings
        ],
        "reference_date": impact.census.reference_date.isoformat(),
        "reidentification": {
            **asdict(impact.census.reidentification),
            "sizes": dict(impact.census.reidentification.sizes),
            "histogram": [list(item) for item in impact.census.reidentification.histogram],
        },
        "exposed": dict(impact.verdict.exposed),
        **methods_json(impact, words),
    }


def deadline(impact: Impact) -> dict[str, str] | None:
    """When the controller became aware, and when its 72 hours end."""
    found = clock(impact.incident)
    return {"aware": found.aware.isoformat(), "deadline": found.deadline.isoformat()} if found else None


def numbers(found: Severity) -> dict[str, object]:
    return {"dpc": found.dpc, "ei": found.ei, "cb": found.cb, "se": found.se, "band": found.band}


def sentences(said: tuple[Said, ...], words: Words) -> list[str]:
    return [words.of(item) for item in said]


def versions(impact: Impact) -> dict[str, str]:
    return {"ampleur": __version__, "rules": impact.rules, "duckdb": version("duckdb"), "ibis": version("ibis-framework")}


def write_json(found: dict[str, object], path: Path) -> None:
    with whole(path) as part:
        part.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
