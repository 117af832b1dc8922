"""One record of a leak, in every table of the engine, masked: how a figure came to be, or why two rows were merged."""

from argparse import Namespace

from analysis import report
from analysis.command.console import Bar, inert
from analysis.command.reading import asked
from analysis.declare.question import Question
from analysis.ground.words import Words
from analysis.pipeline import answer
from analysis.store import Store, estimate


def run(options: Namespace, words: Words) -> int:
    store = Store(on_disk=estimate(options.files))
    try:
        with Bar(words) as bar:
            impact = answer(store, Question(files=tuple(options.files), asked=asked(options), link=options.link), bar.watch)
            found = report.traced(store, impact, options.row, bar.watch)
    finally:
        store.close()
    columns = impact.people.exposure.leak.columns
    for table, cells in found:
        print(table)
        for name, text in cells.items():
            place = name[1:] if name[:1] in "cs" and name[1:].isdigit() else ""
            print(inert(f"    {name:14} {text}" + (f"    ({columns[int(place)][:60]})" if place else "")).plain)
    return 0
