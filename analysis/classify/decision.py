"""Headers and evidence in, one decision per column out, the table taken as a whole. Weights are data (weights.json)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from analysis.classify.cells import OTHER
from analysis.classify.checks import hash_of
from analysis.classify.dates import instant_of, layouts_and_rest
from analysis.classify.evidence import Evidence
from analysis.classify.roles import beside, seated
from analysis.classify.together import Ranking, calibrated, ranked
from analysis.classify.written import NAME_LIKE, WORDS, fitting, marked
from analysis.ground.words import Said, say
from analysis.model import HOMBRE, HOUSE, NAMED, ROLES, YES_NO
from analysis.rules.headers import header_score, header_scores, header_words, heard
from analysis.rules.kinds import kinds
from analysis.rules.loading import load
from analysis.rules.roles import named_by_role, spoken, tells_roles
from analysis.rules.shapes import Forms, Headers, Values

# Kinds whose cells are written otherwise in other countries: where few fit the usual forms, every text counts as valid.
LOCAL = frozenset({"postal_code", "sex", "phone"})
DATED = frozenset({"birth_date", "death_date"})
VISIT = "visit_date"  # variant of a column of no kind
ONE_EACH = ("sex", "birth_date", "last_name")
HOUSE_NUMBER = re.compile(r"(?:#|n[°ºo]?\.?)? ?\d{1,4}(?: ?[/-] ?\d{1,4})?(?:[.,]0)? ?(?:[a-z]|bis|ter|quater)?", re.IGNORECASE)
# Kinds that say who somebody is, or how she is reached.
SAID_OF_PEOPLE = frozenset(
    {"full_name", "last_name", "first_name", "email", "phone", "person_id", "username", "birth_date", "national_id", "sex"}
)
TOGETHER = 0.35  # share of the cells that hold a first name and a surname
FEW, NAMED_ALONE = 4, 0.7  # rows of a table that tell little; what its header must say
NAME_KINDS = frozenset({"last_name", "first_name", "full_name", "middle_name", "maiden_name"})
ROLES_SAID = 0.6  # share of the cells that say what somebody is
NAMED_SHARE = 0.9  # of the cells that are written like names
YEARS = 1900, 2027  # of births and deaths
ANSWERS = 0.9  # share of yes and no that makes a column of answers
TELLING = 0.35  # weight of a part from which on it is told as a reason
SURE, DOUBTED, NAMED_BY = 0.65, 0.3, 0.99  # probability of none, of the kind that the header names, what the header must say
SEEN = 0.02  # probability of a second kind from which on it is named


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column is taken for, and why. `check`: a person must confirm it before it counts."""

    kind: str
    variant: str
    confidence: float
    second: str
    reasons: tuple[Said, ...]
    against: tuple[Said, ...]
    check: bool = False


def decide(columns: tuple[str, ...], evidence: list[Evidence], named: bool, types: Sequence[str] = ()) -> list[Decision]:
    """One decision per column. `named`: the file has a header; `types`: of SQL, where they are declared."""
    names = columns if named else ("",) * len(columns)
    rankings = ranked([(heard(name) if name else None, item.features) for name, item in zip(names, evidence, strict=True)])
    alone = [decision(name, item, ranking) for name, item, ranking in zip(names, evidence, rankings, strict=True)]
    columns = columns if named else ()
    alone = [whole_names(*item) for item in zip(names, evidence, told_by_headers(names, evidence, alone), strict=True)]
    for group in beside(columns):
        rankings = ranked([(heard(name), evidence[at].features) for at, name in group.items()])
        for (at, name), ranking in zip(group.items(), rankings, strict=True):
            alone[at] = with_names(columns[at], name, decision(name, evidence[at], ranking), evidence[at])
    typed = [typed_as(item, one, text) for item, one, text in zip(alone, evidence, types or [""] * len(alone), strict=True)]
    return questioned(with_roles(columns, evidence, with_houses(columns, evidence, typed)), columns)


def typed_as(found: Decision, evidence: Evidence, declared: str) -> Decision:
    """A column without a cell is nothing that its type cannot hold."""
    rules = load(Values)
    group = next((name for name, words in rules.types.items() if declared in words or declared.partition("(")[0] in words), "")
    if evidence.cells.filled or not group or found.kind in {"none", *rules.held[group]}:
        return found
    told = (say("a column of this type holds no: {kind}", kind=kinds()[found.kind].said),)
    return replace(found, kind="none", variant="", second=found.kind, reasons=told, check=False)


def with_houses(columns: tuple[str, ...], evidence: list[Evidence], decisions: list[Decision]) -> list[Decision]:
    """A number that its header calls one of a house, beside a street, belongs to the address: without it, neighbors would
    share a home."""
    found = list(decisions)
    for at, name in enumerate(columns):
        near = [item for item in decisions[max(at - 2, 0) : at + 3] if item.kind == "address" and item.variant != HOUSE]
        if found[at].kind == "none" and near and names_house(name) and holds_houses(evidence[at]):
            told = (say("the header names it"), say("a column beside it is: {kind}", kind=kinds()["address"].said))
            found[at] = replace(found[at], kind="address", variant=HOUSE, confidence=near[0].confidence, reasons=told)
    return found


def told_by_headers(names: Sequence[str], evidence: list[Evidence], alone: list[Decision]) -> list[Decision]:
    """In a table of a few rows a rare name is no reason to doubt what the header says: it is judged as if the table had no
    row."""
    if not any(names) or max((len(item.cells.first) for item in evidence), default=0) > FEW:
        return alone
    found = list(alone)
    for at, ranking in enumerate(ranked([(heard(name), {}) for name in names])):
        kind, sure = ranking.best()[0]
        texts = evidence[at].cells.first
        doubted = kind in NAME_KINDS and found[at].kind not in NAME_KINDS and sure >= NAMED_ALONE
        if doubted and texts and fitting(WORDS, texts) == len(texts):
            found[at] = decision(names[at], evidence[at], ranking)
    return found


def whole_names(header: str, evidence: Evidence, found: Decision) -> Decision:
    """Cells of which many are a first name and a surname together, under a header that means nothing but names, are whole names,
    however each of them is written."""
    features, texts = evidence.features, evidence.cells.first
    named = any(header_score(header, kind) == 1.0 for kind in ("last_name", "first_name", "full_name")) if header else False
    together = max(features.get("name_pair", 0.0), features.get("begins_first", 0.0))
    if found.kind != "none" or not named or together < TOGETHER:
        return found
    if fitting(WORDS, texts) < NAMED_SHARE * len(texts):
        return found
    told = (say("the header names it"), form_said("name_pair", evidence))
    return replace(found, kind="full_name", variant="", confidence=0.9, second="none", reasons=told, against=(), check=False)


def with_roles(columns: Sequence[str], evidence: list[Evidence], decisions: list[Decision]) -> list[Decision]:
    """A column whose cells say what the person of the row is (`relation`: trusted, to be warned), where the columns themselves
    speak of one person alone."""
    seats = {seat.slot for seat in seated(columns, [item.kind for item in decisions])}
    if max(seats, default=0) > 0:
        return decisions
    for at, name in enumerate(columns):
        texts = evidence[at].cells.first
        said = sum(spoken(text) is not None for text in texts) if decisions[at].kind == "none" and tells_roles(name) else 0
        if texts and said >= ROLES_SAID * len(texts):
            found = list(decisions)
            told = (say("the values say what the person of the row is"),)
            found[at] = replace(found[at], variant=ROLES, reasons=told)
            return found
    return decisions


def with_names(column: str, rest: str, found: Decision, evidence: Evidence) -> Decision:
    """A column that is named by a role alone (`medecin_traitant`), or by a role and a name (`contact2_name`), and holds texts
    like names holds names: there may be few of them, each in many rows. `rest`: what its name says without the role."""
    texts = evidence.cells.first
    if found.kind in SAID_OF_PEOPLE or not texts:
        return found
    sure = named_by_role(column)
    named = next((kind for kind in ("first_name", "last_name", "full_name") if header_score(rest, kind) >= NAMED_BY), "")
    told = (say("the header names a person by her role"), say("the values are written like names"))
    by_name = sure is None and bool(named)
    written = fitting(WORDS if by_name else NAME_LIKE, texts) / len(texts)
    if (sure is None and not named) or written < NAMED_SHARE:
        return found
    share = marked(texts) / len(texts)
    check = not by_name and not (sure and share >= NAMED_SHARE / 2) and share < NAMED_SHARE
    kind = named if by_name else "full_name"
    return replace(found, kind=kind, variant="", confidence=0.9, second=found.kind, reasons=told, against=(), check=check)


def names_house(header: str) -> bool:
    return header_score(header, "address") >= 0.4 or set(header_words(header)) <= load(Headers).generic


def holds_houses(evidence: Evidence) -> bool:
    texts = evidence.cells.first
    return fitting(HOUSE_NUMBER, texts) > 0.8 * len(texts) > 0


def questioned(decisions: list[Decision], columns: Sequence[str]) -> list[Decision]:
    """Of the kinds that a person has one of, the surest column holds; the others are to be checked. `columns`: their names,
    which say how many people a row speaks of."""
    found = list(decisions)
    slots = [seat.slot for seat in seated(columns, [item.kind for item in decisions])]
    for kind, slot in product(ONE_EACH, sorted(set(slots))):
        places = [at for at, item in enumerate(found) if item.kind == kind and not item.check and slots[at] == slot]
        for at in sorted(places, key=lambda at: (-found[at].confidence, at))[1:]:
            doubt = say("another column is more surely: {kind}", kind=kinds()[kind].said)
            found[at] = replace(found[at], check=True, against=(doubt, *found[at].against))
    return found


def decision(header: str, evidence: Evidence, ranking: Ranking) -> Decision:
    (kind, probability), (second, other), *_ = ranking.best()
    doubted = kind == "none" and probability < SURE and other > DOUBTED and header_score(header, second) >= NAMED_BY
    if doubted:  # the header says what it is, the values do not bear it out: a person knows
        (kind, probability), (second, other) = (second, other), (kind, probability)
    confidence = round(min(calibrated(probability, ranking.weights), 0.99), 3)
    return Decision(
        kind,
        VISIT if kind == "none" and is_visit(header, evidence) else variant(evidence, kind),
        confidence,
        second if other > SEEN else "",
        reasons(header, evidence, ranking, kind),
        against(header, evidence, ranking, kind, confidence),
        doubted or (kind != "none" and confidence < kinds()[kind].floor),
    )


def is_visit(header: str, evidence: Evidence) -> bool:
    """Whether a date is that of a stay or an appointment (not personal by itself, it belongs to a person)."""
    return evidence.features.get("date", 0.0) >= 0.8 and bool(load(Headers).visits & set(header_words(header)))


def variant(evidence: Evidence, kind: str) -> str:
    """What narrows a kind: the layout of dates, the national number, the hash, the code."""
    features, texts = evidence.features, evidence.cells.first
    if kind in DATED:
        return layout_of(evidence)
    if kind == "national_id":
        best = max((name for name in features if name.startswith("national_")), key=lambda name: features[name], default="")
        return best.removeprefix("national_") if best and features[best] >= 0.7 else ""
    if kind == "password":
        hashes = [hash_of(text) for text in texts[:50]]
        return max(set(hashes), key=hashes.count) or "clear" if hashes else ""
    named: dict[str, tuple[tuple[str, str], ...]] = {
        "bank_account": (("iban", "iban"), ("bic", "bic")),
        "diagnosis_code": (("icd10", "icd10"), ("icd9", "icd9"), ("snomed", "snomed")),
        "ip_address": (("ipv4", "ipv4"), ("ipv6", "ipv6")),
        "treatment": (("ccam", "ccam"), ("atc", "atc"), ("cip13", "cip13")),
        "health_measure": (("is_blood", "blood_group"), ("loinc", "loinc")),
        "device_id": (("mac", "mac"), ("uuid", "uuid"), ("in_browser", "user_agent")),
    }
    if kinds()[kind].family == "health" and features.get("is_boolean", 0.0) >= ANSWERS:
        return YES_NO
    if kind == "email" and features.get("email", 0.0) < 0.5 < features.get("named_email", 0.0) + features.get("holds_email", 0.0):
        return NAMED
    if kind == "address" and holds_houses(evidence):
        return HOUSE
    if kind == "sex" and "H" in {text.strip().upper() for text in texts} <= {"H", "M"}:
        return HOMBRE
    if kind in LOCAL:
        usual = re.compile(load(Values).patterns[kind]), re.compile(load(Values).patterns.get(f"{kind}_abroad", "$^"))
        fitting = sum(any(pattern.fullmatch(text) for pattern in usual) for text in texts)
        return OTHER if fitting < 0.5 * len(texts) else ""
    return next((code for name, code in named.get(kind, ()) if features.get(name, 0.0) >= 0.6), "")


def layout_of(evidence: Evidence) -> str:
    """The layouts of a column of dates (`layouts_of`), or how machines count its days; a lone year where the cells are years."""
    texts = evidence.cells.first
    layouts, rest = layouts_and_rest(texts)
    read = len(texts) - len(rest)
    if evidence.features.get("d4", 0.0) > 0.5 and read < 0.5 * len(texts):
        return "%Y"
    counted = instant_of(texts, *YEARS) if 2 * read <= len(texts) else ""
    return counted or layouts or "%d/%m/%Y"


def reasons(header: str, evidence: Evidence, ranking: Ranking, kind: str) -> tuple[Said, ...]:
    told = header_scores(header).get(kind, 0.0) if header else 0.0
    found = [say("the header names it")] if told >= 0.8 else [say("the header points to it")] if told > 0 else []
    parts = ranking.parts(kind)
    found += [
        form_said(name, evidence)
        for name, weight in parts
        if weight > TELLING and said_of(name) and evidence.features.get(name, 0.0) > 0.05
    ][:3]
    found += [say("a column beside it is: {kind}", kind=kinds()[other].said) for other in ranking.near[:2] if kind != "none"]
    if kind == "none" and not found:
        found.append(
            say("the column is empty in the sample")
            if not evidence.cells.filled
            else say("no kind of personal data explains the header and the values well enough")
        )
    return tuple(found)


def said_of(form: str) -> str:
    """What a reason says of a form; empty for one that speaks without words."""
    found = load(Forms).form.get(form)
    return found.said if found else ""


def form_said(name: str, evidence: Evidence) -> Said:
    return say("{share} of the sampled values {what}", share=min(evidence.features[name], 1.0), what=say(said_of(name)))


def against(header: str, evidence: Evidence, ranking: Ranking, kind: str, confidence: float) -> tuple[Said, ...]:
    found: list[Said] = []
    scores = header_scores(header) if header else {}
    if header and scores.get(kind, 0.0) <= 0 and kind != "none":
        other = max(scores, key=lambda code: scores[code], default="")
        found.append(
            say("the header speaks of: {kind}", kind=kinds()[other].said)
            if other and scores[other] >= 0.7
            else say("the header does not name it")
        )
    elif not header:
        found.append(say("the file names no columns"))
    parts = ranking.parts(kind)[::-1]
    found += [
        form_said(name, evidence)
        for name, weight in parts
        if weight < -TELLING and said_of(name) and evidence.features.get(name, 0.0) > 0.05
    ][:2]
    if n := evidence.cells.placeholders:
        found.append(say("{n} sampled value is a placeholder", "{n} sampled values are placeholders", n=n))
    if confidence < kinds()[kind].floor:
        found.append(say("the confidence is low: please check this column"))
    return tuple(found)
