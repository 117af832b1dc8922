"""A report and its leak in, whether every figure holds out: 0 where all do, 1 where one does not."""

import json
from argparse import Namespace
from dataclasses import replace

from analysis import handover, report
from analysis.command.analyze import question_of
from analysis.command.console import Bar
from analysis.ground.words import Words
from analysis.handover.verify import MOST
from analysis.pipeline import answer
from analysis.store import Store, estimate

DIFFERS = 1


def run(options: Namespace, words: Words) -> int:
    told = handover.read_report(options.report)
    with Bar(words) as bar:
        question = question_of(options)
        if options.incident is None and options.case is None:
            question = replace(question, incident=handover.incident_in(told))
        parts = tuple(told.get("only", {}).get("parts", ()))
        question = replace(question, parts=parts, singling=told["impact"].get("singling_out") is not None)
        store = Store(on_disk=estimate(question.files))
        try:
            found = json.loads(json.dumps(report.as_json(answer(store, question, bar.watch), {}, words)))
        finally:
            store.close()
    n, wrong = handover.figures(told), list(handover.differences(told, found))
    for item in wrong[:MOST]:
        print(f"{item.where}: {item.told} -> {item.found}")
    if wrong:
        print(words("{n} of {all} figures and texts of the report are not those of this leak.", n=len(wrong), all=n))
        return DIFFERS
    print(words("All {n} figures and texts of the report are those of this leak.", n=n))
    return 0
