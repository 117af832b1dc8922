"""The fictional hospital, from its file to every document."""

from argparse import Namespace
from importlib.resources import files
from pathlib import Path

from analysis import report
from analysis.command.analyze import analyzed, exports
from analysis.command.arguments import FICTIONAL
from analysis.command.console import Bar, summary
from analysis.declare.incident import load_incident
from analysis.declare.question import Question
from analysis.ground.words import Words
from analysis.synth import hospital, write_hospital


def run(options: Namespace, words: Words) -> int:
    leak = options.out / FICTIONAL
    template = Path(str(files("resources") / "incidents" / "hospital_2024.toml"))
    with Bar(words) as bar:
        made = hospital(options.patients, 2024, bar.watch)
        write_hospital(made, leak, options.out / "fictional-hospital.answer-key.parquet")
        del made
        impact, found = analyzed(
            Question(load_incident(template), files=(leak,), link="auto", singling=True, communes=True), bar.watch, words
        )
        report.write_json(found, options.out / "analysis.json")
        exports(impact, options.out / "summary.xlsx", options.out / "charts", words, bar)
    summary(impact, words)
    print(
        words("Written to {folder}: summary.xlsx, analysis.json, charts, and the fictional file itself.", folder=str(options.out))
    )
    return 0
