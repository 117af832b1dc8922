"""Impact in, a CSV out: of each person of the leak, whether another file holds her, and what agrees and differs. It holds no
cell."""

import csv
from pathlib import Path

from analysis.assess.parts import those_of
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.ground.words import say
from analysis.model import Impact
from analysis.report.persons import number_of
from analysis.resolve import for_sure, kinds_in
from analysis.store import Store

HEAD = ("person", "other", "held", "agree", "differ")


def write_held(store: Store, impact: Impact, path: Path, watch: Watch) -> None:
    """One line for each person and file. person: as in `write_persons`; other: register or earlier; held: sure, perhaps or
    none; agree, differ: kinds of data, of the nearest person there. Raises Trouble where nothing was compared."""
    matches = [match for match in impact.matches if match.table]
    if not matches:
        said = say("Nothing was compared: name your own list with --register, or an earlier leak with --earlier.")
        raise Trouble("held", said, BAD_ARGUMENTS)
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        for match in matches:
            held = store.table(match.table)
            told = held.select("a", "agree", "differ", sure=for_sure(held)).order_by("a")
            for a, agree, differ, sure in store.stream(told, watch):
                level = "sure" if sure else "perhaps"
                writer.writerow((number_of(a), match.what, level, *(" ".join(kinds_in(mask)) for mask in (agree, differ))))
            for (person,) in store.stream(those_of(store, impact, f"{match.what}:none").order_by("person"), watch):
                writer.writerow((number_of(person), match.what, "none", "", ""))
