"""The table as it was understood, written anew; nothing is left of a table that failed."""

import sys
from argparse import Namespace

from analysis import report
from analysis.command.console import Bar
from analysis.command.reading import asked
from analysis.ground.words import Words, printable
from analysis.read import read
from analysis.store import Store, estimate


def run(options: Namespace, words: Words) -> int:
    """The table as understood, written anew; nothing is left of a table that failed."""
    report.check_ending(options.out)
    with Bar(words) as bar:
        store = Store(on_disk=estimate(options.files))
        try:
            leak = read(store, options.files, bar.watch.within(0.0, 0.6), asked(options))
            report.write_table(store, leak, options.out, bar.watch.within(0.6, 0.95))
            if options.ledger:
                report.write_ledger(store, leak, options.ledger, words, bar.watch.within(0.95, 1.0))
        finally:
            store.close()
    found = leak.ledger
    print(
        words(
            "{rows} rows of {columns} columns written to {name}; "
            "{irregular} irregular, {repaired} repaired, {rejected} rejected, {blank} blank.",
            rows=leak.rows,
            columns=len(leak.columns),
            name=options.out.name,
            irregular=found.irregular,
            repaired=found.repaired,
            rejected=found.rejected,
            blank=found.blank,
        )
    )
    others = [sheet.name for sheet in leak.sheets if sheet.name != leak.sheet.name]
    if others:
        print(
            words("Other tables of the source, to be chosen with --table: {names}", names=", ".join(map(printable, others[:20]))),
            file=sys.stdout,
        )
    return 0
