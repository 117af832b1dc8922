"""Rows are torn in every way that files are, and nobody is lost."""

import csv
import io
import random
from datetime import date

import pytest

from analysis.classify import classify
from analysis.ground.watch import Watch
from analysis.model import OUTSIDE, Asked
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


def test_a_surplus_is_classified_as_the_other_columns_are(store, tmp_path):
    good = [f"{at:05d};DUPONT{at};Camille;{at % 28 + 1:02d}/03/1970" for at in range(60)]
    good[5] += ";p5@example.org"
    path = tmp_path / "leak.csv"
    path.write_text("id;nom;prenom;naissance\n" + "\n".join(good) + "\n")
    found = read(store, path, Watch())
    exposure = classify(store, found, date(2024, 1, 1), Watch())
    assert [field.column for field in exposure.fields] == ["id", "nom", "prenom", "naissance", "surplus"]
    assert (exposure.fields[-1].kind, exposure.fields[-1].filled) == ("email", 1)


def test_the_same_file_with_records_placed_otherwise_is_another_table(store, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text(
        "id;nom;ville\n" + "".join(f"{at};Zorglub{at};Brest\n" for at in range(40)) + "40;Spirou\n41;Fantasio;de;Metz\n"
    )
    first = read(store, path, Watch())
    second = read(store, path, Watch(), Asked(placed=(("leak.csv", 42, ()), ("leak.csv", 43, (0, 1, OUTSIDE, 2)))))
    assert first.table != second.table
    assert (first.rows, second.rows, second.ledger.rejected, second.ledger.repaired) == (42, 41, 1, 1)
    assert store.rows(store.table(second.table))[-1] == ("41", "Fantasio", "Metz", "de")
