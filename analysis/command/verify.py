"""A report and its leak in, whether every figure holds out: 0 where all do, 1 where one does not."""

import json
from argparse import Namespace
from dataclasses import replace
from datetime import datetime
from typing import Any

from analysis import handover, report
from analysis.assess import By
from analysis.command.analyze import question_of
from analysis.command.console import Bar
from analysis.ground.now import at
from analysis.ground.words import LANGUAGES, Words
from analysis.handover.verify import MOST, parts_in
from analysis.pipeline import Answer, answer, by_controllers
from analysis.store import Store, estimate

DIFFERS = 1


def run(options: Namespace, words: Words) -> int:
    told = handover.read_report(options.report)
    written = datetime.fromisoformat(told["analyzed"])
    spoken = told.get("language", words.language)
    with Bar(words) as bar, at(written.astimezone()):  # what is due is due as it was at that hour
        question = question_of(options)
        if options.incident is None and options.case is None:
            question = replace(question, incident=handover.incident_in(told))
        singling = told["impact"].get("singling_out") is not None
        question = replace(question, parts=parts_in(told), singling=singling, communes="communes" in told["people"])
        question = replace(question, today=written.date(), link=linked(told))
        store = Store(on_disk=estimate(question.files))
        try:
            known = [Answer()]
            if options.controllers and (position := position_in(question.parts)) is not None:
                everybody = answer(store, replace(question, parts=(), singling=False), bar.watch, known.append)
                by_controllers(store, everybody, position, options.controllers, bar.watch)
            impact = answer(store, question, bar.watch, since=known[-1])
            again = report.as_json(impact, {}, Words(spoken if spoken in LANGUAGES else words.language))
        finally:
            store.close()
    n, wrong = handover.figures(told), list(handover.differences(told, json.loads(json.dumps(again))))
    for item in wrong[:MOST]:
        print(f"{item.where}: {item.told} -> {item.found}")
    if wrong:
        print(words("{n} of {all} figures and texts of the report are not those of this leak.", n=len(wrong), all=n))
        return DIFFERS
    print(words("All {n} figures and texts of the report are those of this leak.", n=n))
    return 0


def position_in(parts: tuple[str, ...]) -> int | None:
    """Of the column by which the leak was split; None where it was not."""
    return next((By.of(code.split(":")[1]).position for code in parts if code.startswith("split:")), None)


def linked(told: dict[str, Any]) -> str:
    """How persons were compared when the report was written."""
    return "full" if told["people"].get("levels", {}).get("by") == "model" else "auto"
