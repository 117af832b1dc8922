"""The toolkit recordlinkage on a file: `python __main__.py FILE.csv OUT.json` (in its own environment: it needs pandas 2).

The steps of its documentation's page on deduplication: block on the first name; the last name and the street by similarity
from 0.85, everything else exactly; two records are one person from four fields that agree. Connected pairs are a person.
"""

import json
import sys
from pathlib import Path

import pandas as pd
import recordlinkage as rl

# Roles: the columns of Febrl, and of our French files.
FIRST, LAST, STREET = ("given_name", "prenom"), ("surname", "nom"), ("address_1", "adresse")
EXACT = ("date_of_birth", "suburb", "state", "date_naissance", "ville", "email", "telephone")
LEAST = 3  # fields; more than these agree (where there are no more, all)


def main() -> None:
    source = Path(sys.argv[1])
    first_line = source.open(encoding="utf-8").readline()
    rows = pd.read_csv(source, sep=";" if ";" in first_line else ",", dtype=str, skipinitialspace=True)

    def named(roles: tuple[str, ...]) -> str:
        return next(name for name in rows.columns if name in roles)

    indexer = rl.Index()
    indexer.block(named(FIRST))
    compare = rl.Compare()
    compare.exact(named(FIRST), named(FIRST))
    compare.string(named(LAST), named(LAST), method="jarowinkler", threshold=0.85)
    if any(name in STREET for name in rows.columns):
        compare.string(named(STREET), named(STREET), threshold=0.85)
    for name in rows.columns:
        if name in EXACT:
            compare.exact(name, name)
    found = compare.compute(indexer.index(rows), rows)
    pairs = [(int(a), int(b)) for a, b in found[found.sum(axis=1) > min(LEAST, found.shape[1] - 1)].index]
    Path(sys.argv[2]).write_text(json.dumps({"rows": len(rows), "pairs": pairs}))


if __name__ == "__main__":
    main()
