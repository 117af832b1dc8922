"""Rows are torn in every way that files are, and nobody is lost."""

import csv
import io
import random

import pytest

from analysis.ground.watch import Watch
from analysis.read import read

FIRST = ("Paul", "Anne", "Luc", "Zoé", "Éric", "Nadia", "Jean-Marc", "Marie Anne")
LAST = ("FICTIF", "EXEMPLE", "MODELE", "INVENTE", "ESSAI", "TEMOIN", "DE FACTICE", "SPECIMEN")
NAMES = ("numero", "nom", "prénom", "naissance", "adresse", "mail")


def persons(count):
    return [
        (
            f"P{at:04d}",
            f"{LAST[at % 8]}{at}",
            FIRST[at % 8],
            f"{at % 28 + 1:02d}/0{at % 9 + 1}/19{at % 60 + 30}",
            f"{at}, rue des Essais",
            f"e{at}@example.org",
        )
        for at in range(count)
    ]


def line(row, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(row)
    return out.getvalue()


def cut(row, rng, delimiter):
    kept = row[: rng.randrange(1, len(row))]
    return line(kept, delimiter), kept


def one_lost(row, rng, delimiter):
    at = rng.randrange(len(row))
    kept = row[:at] + row[at + 1 :]
    return line(kept, delimiter), kept


def more(row, rng, delimiter):
    return line((*row, *["surplus"] * rng.randint(1, 3)), delimiter), row


def broken(row, rng, delimiter):
    at = rng.randrange(1, len(row))
    return line(row[:at], delimiter) + "\n" + line(row[at:], delimiter), row


def glued(row, rng, delimiter):
    other = persons(300)[rng.randrange(200, 300)]
    return line(row, delimiter) + delimiter + line(other, delimiter), (*row, other[1], other[5])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("tear", [cut, one_lost, more, broken, glued], ids=lambda tear: tear.__name__)
def test_no_cell_of_a_torn_row_is_lost(store, tmp_path, tear, delimiter):
    rng = random.Random(f"{tear.__name__}{delimiter}")
    for height in (4, 30, 120):
        rows = persons(height)
        at = rng.randrange(height)
        torn, kept = tear(rows[at], rng, delimiter)
        lines = [line(row, delimiter) for row in rows]
        path = tmp_path / "leak.csv"
        path.write_text("\n".join((line(NAMES, delimiter), *lines[:at], torn, *lines[at + 1 :])) + "\n", encoding="utf-8")
        found = read(store, path, Watch())
        text = "\n".join(cell or "" for row in store.rows(store.table(found.table)) for cell in row)
        assert found.ledger.balanced
        assert [cell for cell in kept if cell not in text] == [], (height, dict(found.ledger.reasons))
