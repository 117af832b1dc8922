"""pyCANON's figures of a table, in its own environment: `python peer.py TABLE.csv`; the first two columns are quasi-identifiers, the others
sensitive. One JSON object: for each sensitive column its measures, and the seconds they took (the reading is not counted)."""

import json
import sys
import time

import pandas
from pycanon import anonymity

table = pandas.read_csv(sys.argv[1], sep=";", dtype={"SEXE": str, "CODE_POSTAL": str, "SERVICE": str})
by, found = list(table.columns[:2]), {}
for column in table.columns[2:]:
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
    found[column] = {**measures, "seconds": time.perf_counter() - start}
print(json.dumps(found))
