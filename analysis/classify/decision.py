"""Headers and evidence in, one decision per column out, the table taken as a whole. Weights are data (values.toml)."""

from dataclasses import dataclass

from analysis.classify.evidence import Evidence
from analysis.kinds import header_score, kinds, value_rules
from analysis.words import Said, say

# How much a pattern alone says: every word is a possible name, only an e-mail address looks like one.
SPECIFIC = {"email": 1.0, "phone": 1.0, "birth_date": 0.9, "postal_code": 0.85, "sex": 0.95, "address": 0.75, "city": 0.2,
            "last_name": 0.2, "first_name": 0.2, "person_id": 0.75}  # fmt: skip
LISTED = {"first_name", "last_name", "city"}
FEW = 8  # distinct values of a column of sexes
FEW_CELLS = 20  # below, values prove little


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column is taken for, and why."""

    kind: str
    variant: str
    confidence: float
    second: str
    reasons: tuple[Said, ...]
    against: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """The score of one kind for one column and its parts."""

    kind: str
    score: float
    share: float
    header: float
    listed: float


def decide(columns: tuple[str, ...], evidence: list[Evidence], named: bool) -> list[Decision]:
    """One decision per column. `named`: the file has a header."""
    votes = [ranked(name if named else "", item) for name, item in zip(columns, evidence, strict=True)]
    votes = with_neighbors(votes)
    return [decision(item, vote) for item, vote in zip(evidence, votes, strict=True)]


def ranked(header: str, evidence: Evidence) -> list[Vote]:
    """Every kind with its score, best first."""
    votes = [vote(header, evidence, code) for code in kinds() if code != "none"]
    return sorted(votes, key=lambda item: -item.score)


def vote(header: str, evidence: Evidence, code: str) -> Vote:
    weights = value_rules().weights
    share = passing(evidence, code)
    told = header_score(header, kinds()[code]) if header else 0.0
    listed = listing(evidence, code)
    neutral = header_score(header, kinds()["none"]) >= 0.8 if header else False
    part = {-1.0: weights["against"], 0.4: weights["weak"]}.get(told, weights["header"] * told)
    score = weights["values"] * share * SPECIFIC[code] + (part if not neutral or told == 1.0 else weights["against"])
    score += weights["lists"] * listed
    if evidence.real and share < 0.3:
        score *= share / 0.3
    if evidence.real == 0:
        score = part * 0.9
    return Vote(code, score, share, told, listed)


def passing(evidence: Evidence, code: str) -> float:
    """Share of the real cells that look like the kind, 0 where the column as a whole cannot be it."""
    if code == "birth_date":
        share = evidence.share(max(evidence.layouts.values(), default=0))
        return min(share, 1.0) if evidence.spread >= 12 or evidence.real < FEW_CELLS else min(share, 1.0) * 0.2
    if code == "sex" and evidence.distinct > FEW + evidence.placeholders:
        return 0.0
    if code == "person_id" and evidence.distinct < 0.9 * evidence.filled:
        return min(evidence.share(evidence.passes.get(code, 0)), 1.0) * 0.2
    if code == "person_id" and evidence.share(evidence.passes.get("phone", 0)) > 0.5:
        return 0.1
    return min(evidence.share(evidence.passes.get(code, 0)), 1.0)


def listing(evidence: Evidence, code: str) -> float:
    """How much the lists speak for the kind: the ratio of hit rates decides, never one rate (most first names are also
    surnames)."""
    first, last, city = (evidence.share(hits) for hits in (evidence.first_names, evidence.surnames, evidence.cities))
    if code == "first_name":
        return max(0.0, min(first, 1.0) - 0.5 * max(0.0, city - first))
    if code == "last_name":
        return max(0.0, min(last, 1.0) - 0.6 * min(first, 1.0) - 0.6 * max(0.0, city - 0.5))
    if code == "city":
        return max(0.0, min(city, 1.0) - 0.4 * min(first, 1.0))
    return 0.0


def with_neighbors(votes: list[list[Vote]]) -> list[list[Vote]]:
    """A name column beside a first-name column, a city beside a postal code: company confirms."""
    bonus = value_rules().weights["neighbors"]
    first = [ranking[0].kind if ranking and ranking[0].score > 0 else "" for ranking in votes]
    pairs = {("last_name", "first_name"), ("first_name", "last_name"), ("city", "postal_code"), ("postal_code", "city")}
    found: list[list[Vote]] = []
    for at, ranking in enumerate(votes):
        beside = {first[near] for near in (at - 1, at + 1) if 0 <= near < len(votes)}
        lifted = [
            Vote(item.kind, item.score + bonus * any((item.kind, kind) in pairs for kind in beside) * (item.share > 0.5),
                 item.share, item.header, item.listed)
            for item in ranking
        ]  # fmt: skip
        found.append(sorted(lifted, key=lambda item: -item.score))
    return found


def decision(evidence: Evidence, ranking: list[Vote]) -> Decision:
    weights = value_rules().weights
    best, second = ranking[0], ranking[1]
    if best.score < weights["least"]:
        confidence = min(0.99, 1 - max(best.score, 0.0))
        return Decision(
            "none", "", confidence, best.kind if best.score > 0.2 else "", no_reasons(evidence), against(evidence, best)
        )
    lead = best.score - max(second.score, 0.0)
    confidence = round(min(0.99, 0.55 + 0.35 * min(best.score / 0.9, 1.0) + 0.25 * min(lead, 0.4)), 3)
    return Decision(
        best.kind,
        variant(evidence, best.kind),
        confidence,
        second.kind if second.score > 0.2 else "",
        reasons(evidence, best),
        against(evidence, best),
    )


def variant(evidence: Evidence, kind: str) -> str:
    """For dates the layout of the column: the one most cells fit, day first where both readings fit."""
    if kind != "birth_date":
        return ""
    return max(evidence.layouts, key=lambda layout: evidence.layouts[layout])


def reasons(evidence: Evidence, best: Vote) -> tuple[Said, ...]:
    label = kinds()[best.kind].said
    found = [say("{share} of the sampled values have the form of: {kind}", share=best.share, kind=label)]
    if best.header >= 0.8:
        found.append(say("the header names it"))
    elif best.header > 0:
        found.append(say("the header points to it"))
    if best.kind in LISTED and best.listed > 0:
        hits = {"first_name": evidence.first_names, "last_name": evidence.surnames, "city": evidence.cities}[best.kind]
        found.append(say("{share} of them stand in the official list", share=min(evidence.share(hits), 1.0)))
    if best.kind == "birth_date":
        found.append(say("the dates span {years} years, up to {latest}", years=evidence.spread, latest=str(evidence.latest)))
    return tuple(found)


def against(evidence: Evidence, best: Vote) -> tuple[Said, ...]:
    found: list[Said] = []
    if best.header == 0:
        found.append(say("the header does not name it"))
    if best.header < 0:
        found.append(say("the header speaks of something else"))
    if 0 < best.share < 0.999:
        found.append(say("{share} of the sampled values have another form", share=1 - best.share))
    if evidence.placeholders:
        found.append(say("{n} sampled value is a placeholder", "{n} sampled values are placeholders", n=evidence.placeholders))
    return tuple(found)


def no_reasons(evidence: Evidence) -> tuple[Said, ...]:
    if evidence.filled == 0:
        return (say("the column is empty in the sample"),)
    return (say("no kind of personal data explains the header and the values well enough"),)
