"""What the comparison with another file found in, sentences and a table out."""

from collections.abc import Iterator
from decimal import Decimal

from analysis.ground.words import Said, say
from analysis.model import Cumulated, Impact, Matched
from analysis.rules.kinds import kinds


def sentences(found: Matched) -> Iterator[Said]:
    """In the order in which a person asks."""
    other = say("your register") if found.what == "register" else say("the earlier leak")
    if not found.comparable:
        yield say("The leak and {other} share no columns that identify a person: nothing can be compared.", other=other)
        return
    yield say(
        "{n} people of the leak are in {other}, {ambiguous} perhaps, {none} are not ({persons} people are in it).",
        n=found.confirmed,
        other=other,
        ambiguous=found.ambiguous,
        none=found.not_found,
        persons=found.persons,
    )
    for item in found.fields:
        if item.differ:
            yield say("{kind}: {n} differ, {agree} agree.", kind=kinds()[item.kind].said, n=item.differ, agree=item.agree)
    if found.newest_match and found.oldest_difference and found.newest_match < found.oldest_difference:
        yield say(
            "The leak was probably drawn between {after} and {before} (column {column}).",
            after=found.newest_match,
            before=found.oldest_difference,
            column=found.date_column[:60],
        )
    elif found.newest_match and found.oldest_difference:
        yield say(
            "The leak agrees with changes up to {after}, but already differs from {before} (column {column}): the day it was "
            "drawn is not clear.",
            after=found.newest_match,
            before=found.oldest_difference,
            column=found.date_column[:60],
        )
    elif found.newest_match:
        yield say(
            "The leak agrees with changes up to {after} (column {column}).",
            after=found.newest_match,
            column=found.date_column[:60],
        )
    if found.new_kinds:
        first = kinds()[found.new_kinds[0]].said
        yield say(
            "{n} kind of data is newly exposed: {kind}.",
            "{n} kinds of data are newly exposed, among them: {kind}.",
            n=len(found.new_kinds),
            kind=first,
        )
    if found.cumulated and found.cumulated.sizes:
        yield from together(found.cumulated)


def together(found: Cumulated) -> Iterator[Said]:
    """What the two leaks tell of a person who is in both."""
    persons = sum(n for *_, n in found.sizes)
    worse = sum(n for before, _, both, n in found.sizes if both > before)
    if found.newly:
        kind, n = found.newly[0]
        yield say(
            "Of {worse} of the {persons} people who are in both leaks something is newly exposed, most often: {kind} ({n}).",
            worse=worse,
            persons=persons,
            kind=kinds()[kind].said,
            n=n,
        )
    before, both = (Decimal(sum(item[at] * item[3] for item in found.sizes)) / persons for at in (0, 2))
    yield say(
        "A person who is in both leaks is known by {both} kinds of data on average, by {before} before this leak.",
        both=both,
        before=before,
    )


def all_sentences(impact: Impact) -> Iterator[Said]:
    for item in impact.matches:
        yield from sentences(item)
