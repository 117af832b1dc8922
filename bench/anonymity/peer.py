"""pyCANON's figures of a table, in its own environment: `python peer.py TABLE.csv`; the first two columns are
quasi-identifiers. Reads the name of a sensitive column a line, answers its measures and the seconds they took (the reading is
not counted) as one JSON object a line."""

import json
import sys
import time

import pandas
from pycanon import anonymity

table = pandas.read_csv(sys.argv[1], sep=";", dtype={"SEXE": str, "CODE_POSTAL": str, "SERVICE": str})
by = list(table.columns[:2])
for column in map(str.strip, sys.stdin):
    start = time.perf_counter()
    alpha, k = anonymity.alpha_k_anonymity(table, by, [column])
    measures = {
        "k": int(k),
        "alpha": float(alpha),
        "distinct_l": int(anonymity.l_diversity(table, by, [column])),
        "entropy_l": int(anonymity.entropy_l_diversity(table, by, [column])),
        "t": float(anonymity.t_closeness(table, by, [column])),
        "basic_beta": float(anonymity.basic_beta_likeness(table, by, [column])),
        "enhanced_beta": float(anonymity.enhanced_beta_likeness(table, by, [column])),
        "delta": float(anonymity.delta_disclosure(table, by, [column])),
    }
    print(json.dumps({**measures, "seconds": time.perf_counter() - start}), flush=True)
