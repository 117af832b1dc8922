"""Persons in, their keyed hashes out, for a comparison that shows no name."""

from argparse import Namespace

from analysis.command.console import Bar
from analysis.command.reading import asked
from analysis.declare.question import Question
from analysis.ground.words import Words
from analysis.pipeline import persons
from analysis.report.hashes import key_of, write_hashes
from analysis.store import Store, estimate


def run(options: Namespace, words: Words) -> int:
    new = not options.key.exists()
    key = key_of(options.key, make=True)
    store = Store(on_disk=estimate(options.files))
    try:
        with Bar(words) as bar:
            people = persons(store, Question(files=tuple(options.files), asked=asked(options)), bar.watch.within(0.0, 0.6))
            count = write_hashes(store, people, key, options.out, bar.watch.within(0.6, 1.0))
    finally:
        store.close()
    print(words("{n} persons hashed into {name}.", n=count, name=options.out.name))
    if new:
        print(
            words(
                "A new key was written to {name}. Hand it over by another way than the hashes: who has both can try names out.",
                name=options.key.name,
            )
        )
    return 0
