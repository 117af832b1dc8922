"""Impact in, what must be done out: as sentences, as a page of the report, as a part of the JSON."""

from analysis.ground.words import Said, Words, mark
from analysis.model import Duty, Impact
from analysis.model.codes import DutyState
from analysis.report.sheet import Cell, Page

CHECKED = {
    "source": mark("the text was read"),
    "page": mark("from an official page"),
    "memory": mark("unverified: compare it with the text"),
}


def due(impact: Impact) -> tuple[Said, ...]:
    """What is to be done, or was: the short list."""
    return tuple(item.said for item in impact.verdict.duties if item.state in (DutyState.DUE, DutyState.DONE))


def to_decide(impact: Impact) -> tuple[Said, ...]:
    """What depends on something that a person must decide or look up."""
    return tuple(item.said for item in impact.verdict.duties if item.state is DutyState.OPEN)


def duties_page(impact: Impact, words: Words) -> Page:
    columns = (
        words("State"),
        words("What"),
        words("Because"),
        words("Article"),
        words("Until"),
        words("Rests on"),
        words("Since"),
        words("Checked"),
    )
    said = words("Decision support: the tests remain Articles 33(1) and 34(1) of the GDPR.")
    return Page(words("Duties"), said, columns, tuple(line(item, words) for item in impact.verdict.duties))


def line(item: Duty, words: Words) -> tuple[Cell, ...]:
    return (
        words.of(item.state.said),
        words.of(item.said),
        words.of(item.why),
        item.article,
        item.deadline.isoformat(sep=" ", timespec="minutes") if item.deadline else "",
        words.of(item.status.said) if item.since else "",
        words.day(item.since) if item.since else "",
        words(CHECKED[item.checked]) if item.checked else "",
    )


def duties_json(impact: Impact, words: Words) -> list[dict[str, object]]:
    return [
        {
            "code": item.code,
            "state": item.state,
            "said": words.of(item.said),
            "because": words.of(item.why),
            "article": item.article or None,
            "status": item.status if item.since else None,
            "since": item.since.isoformat() if item.since else None,
            "checked": item.checked or None,
            "deadline": item.deadline.isoformat() if item.deadline else None,
        }
        for item in impact.verdict.duties
    ]
