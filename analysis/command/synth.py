"""Patients and a seed in, the file of a fictional hospital out."""

from argparse import Namespace

from analysis.command.console import Bar
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import Words, say
from analysis.synth import check_endings, hospital, write_hospital


def run(options: Namespace, words: Words) -> int:
    if options.patients < 1:
        raise Trouble("patients", say("A hospital has at least one patient."), BAD_ARGUMENTS)
    check_endings(options.out, options.answer_key)
    with Bar(words) as bar:
        made = hospital(options.patients, options.seed, bar.watch)
        write_hospital(made, options.out, options.answer_key)
    print(
        words(
            "{rows} rows about {persons} fictional people: {name}",
            rows=made.rows.num_rows,
            persons=made.persons,
            name=options.out.name,
        )
    )
    return 0
