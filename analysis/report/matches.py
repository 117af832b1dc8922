"""What the comparison with another file found in, sentences and a table out."""

from collections.abc import Iterator

from analysis.kinds import kinds
from analysis.model import Impact, Matched
from analysis.words import Said, say


def sentences(found: Matched) -> Iterator[Said]:
    """In the order in which a person asks."""
    other = say("your register") if found.what == "register" else say("the earlier leak")
    if not found.comparable:
        yield say("The leak and {other} share no columns that identify a person: nothing can be compared.", other=other)
        return
    yield say("{n} people of the leak are in {other}, {ambiguous} perhaps, {none} are not ({persons} people are in it).",
              n=found.confirmed, other=other, ambiguous=found.ambiguous, none=found.not_found, persons=found.persons)  # fmt: skip
    for item in found.fields:
        if item.differ:
            yield say("{kind}: {n} differ, {agree} agree.", kind=kinds()[item.kind].said, n=item.differ, agree=item.agree)
    if found.newest_match and found.oldest_difference and found.newest_match < found.oldest_difference:
        yield say("The leak was probably drawn between {after} and {before} (column {column}).",
                  after=found.newest_match, before=found.oldest_difference, column=found.date_column[:60])  # fmt: skip
    elif found.newest_match and found.oldest_difference:
        yield say("The leak agrees with changes up to {after}, but already differs from {before} (column {column}): the day it was drawn is not clear.",
                  after=found.newest_match, before=found.oldest_difference, column=found.date_column[:60])  # fmt: skip
    elif found.newest_match:
        yield say(
            "The leak agrees with changes up to {after} (column {column}).",
            after=found.newest_match,
            column=found.date_column[:60],
        )
    if found.new_kinds:
        first = kinds()[found.new_kinds[0]].said
        yield say("{n} kind of data is newly exposed: {kind}.", "{n} kinds of data are newly exposed, among them: {kind}.",
                  n=len(found.new_kinds), kind=first)  # fmt: skip


def all_sentences(impact: Impact) -> Iterator[Said]:
    for item in impact.matches:
        yield from sentences(item)
