"""Impact in, a list of people out as CSV or Excel, in the order of the window: everybody, or one group. It holds no cell of the
leak."""

import csv
from collections.abc import Iterator
from pathlib import Path

from analysis import assess
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.ground.words import Words, say
from analysis.model import Impact
from analysis.model.codes import Role
from analysis.report.ledger import write_workbook
from analysis.report.persons import number_of
from analysis.resolve import kinds_in
from analysis.rules.kinds import kinds
from analysis.store import Store

PAGE = 20_000
MOST = 1_000_000  # lines that one sheet takes
Line = tuple[str | int, ...]


def write_listed(store: Store, impact: Impact, group: str, path: Path, words: Words, watch: Watch) -> None:
    """One line for each person of a group (see `assess.those_of`; nothing: everybody); her number is that of `write_persons`. Of
    a comparison: which kinds of data of the nearest person there agree and differ. Raises Trouble."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise Trouble(
            "ending", say("The list is written as .csv or .xlsx: choose a name with one of these endings."), BAD_ARGUMENTS
        )
    table, count = assess.listed(store, impact, watch.within(0.0, 0.2), group)
    if ending == ".xlsx" and count > MOST:
        said = say("A sheet holds at most {n} people: save the list as CSV.", n=MOST)
        raise Trouble("too_many", said, BAD_ARGUMENTS)
    compared = next((match.table for match in impact.matches if group.startswith(f"{match.what}:")), None)
    head = heads(words, compared is not None)

    def lines() -> Iterator[Line]:
        for start in range(0, count, PAGE):
            watch.tell(say("Writing the document"), 0.2 + 0.8 * start / count)
            found = assess.page(store, impact, table, start, PAGE, texts=False)
            near = masks(store, compared, [item.person for item in found]) if compared else None
            yield from (line(item, words, near) for item in found)

    with whole(path) as part:
        if ending == ".xlsx":
            write_workbook(part, head, [(words("People"), count)], lines(), words("The people")[:31])
            return
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(head)
            writer.writerows(lines())


def heads(words: Words, compared: bool) -> tuple[str, ...]:
    fixed = (words("Rank"), words("Person"), words("Role"), words("Severity"), words("Score"), words("Why"), words("Age"))
    beside = (words("Best channel"), words("Rows"))
    return (*fixed, *beside, *((words("Agrees"), words("Differs")) if compared else ()))


def line(item: "assess.Person", words: Words, near: dict[int, tuple[int, int]] | None) -> Line:
    told: Line = (
        item.position + 1,
        number_of(item.person),
        roles_said(item, words),
        words.of(item.band.said),
        words.decimal(item.se),
        why_said(item, words),
        "" if item.age is None else item.age,
        words.of(item.channel.said),
        item.rows,
    )
    if near is None:
        return told
    agree, differ = near.get(item.person, (0, 0))
    return (*told, *(", ".join(words.of(kinds()[kind].said) for kind in kinds_in(mask)) for mask in (agree, differ)))


def roles_said(item: "assess.Person", words: Words) -> str:
    return ", ".join(words.of(role.said) for role in item.roles) or words.of(Role.SUBJECT.said)


def why_said(item: "assess.Person", words: Words) -> str:
    """What puts a person where she stands, and what makes her recognizable."""
    return "; ".join(map(words.of, (*item.why, item.reason.said)))


def masks(store: Store, compared: str, people: list[int]) -> dict[int, tuple[int, int]]:
    """Person -> which of the compared kinds agree with the nearest person of the other file, and which differ."""
    held = store.table(compared)
    told = store.rows(held.filter(held.a.isin(people)).select("a", "agree", "differ"))
    return {int(a): (int(agree), int(differ)) for a, agree, differ in told}
