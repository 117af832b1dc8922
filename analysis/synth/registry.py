"""Patients and a seed in, the leaked file and its answer key out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import say
from analysis.rules.loading import load
from analysis.rules.shapes import Fiction
from analysis.synth.columns import Column, joined, pc
from analysis.synth.defects import spoil
from analysis.synth.fields import padded, texts_of, unaccented, written
from analysis.synth.people import Persons, draw_persons

FORMATS = (".csv", ".parquet", ".xlsx")


@dataclass(frozen=True, slots=True)
class Hospital:
    """`rows`: the leaked table, all texts. `key`: row, person, and the `Status` of each cell by kind."""

    rows: pa.Table
    key: pa.Table
    persons: int


def hospital(rows: int, seed: int, watch: Watch | None = None) -> Hospital:
    """A file of `rows` records about slightly fewer persons. Equal arguments give equal files."""
    watch = watch or Watch()
    fiction = load(Fiction)
    random = np.random.default_rng(seed)
    again = round(rows * fiction.duplicates["share"])
    watch.tell(say("Inventing the patients"), 0.0)
    persons = draw_persons(random, rows - again, np.datetime64(fiction.reference_date))
    texts = texts_of(random, persons, fiction)
    watch.tell(say("Registering some of them twice"), 0.5)
    whom = random.choice(len(persons), again, replace=False) if again else np.zeros(0, np.int64)
    texts = registered_again(random, texts, persons, whom)
    order = random.permutation(rows)
    person = np.concatenate([np.arange(len(persons)), whom])[order] + 1
    texts = {kind: column.take(pa.array(order)) for kind, column in texts.items()}
    watch.tell(say("Planting the defects of a real export"), 0.7)
    texts, statuses = spoil(random, texts, fiction)
    table = pa.table([texts[kind] for kind in fiction.kinds], names=fiction.headers)
    key = pa.table({"row": np.arange(1, rows + 1), "person": person, **{kind: statuses[kind] for kind in fiction.kinds}})
    return Hospital(table, key, len(persons))


def registered_again(
    random: np.random.Generator, texts: dict[str, Column], persons: Persons, whom: np.ndarray
) -> dict[str, Column]:
    """The same persons once more: another number, and one of the differences that a second registration brings."""
    if not len(whom):
        return texts
    copy = {kind: column.take(pa.array(whom)) for kind, column in texts.items()}
    count = len(whom)
    way = random.choice(7, count, p=[0.2, 0.2, 0.2, 0.15, 0.1, 0.1, 0.05])
    number = padded(np.arange(count) + 90_000_001, 8)
    copy["person_id"] = joined(pa.scalar("HF"), number)
    for kind in ("last_name", "first_name", "city", "address"):
        vary(copy, kind, way == 1, unaccented(copy[kind]))
    vary(copy, "last_name", way == 2, mistyped(random, copy["last_name"]))
    elsewhere = random.permutation(len(persons))[:count]
    for kind in ("address", "city", "postal_code"):
        vary(copy, kind, way == 3, texts[kind].take(pa.array(elsewhere)))
    vary(copy, "email", (way == 4) | (way == 3), pa.nulls(count, pa.string()))
    vary(copy, "phone", way == 4, written(random, digits(copy["phone"])))
    vary(copy, "first_name", way == 5, pc.replace_substring(copy["first_name"], "-", " "))
    day_first = pc.replace_substring_regex(copy["birth_date"], r"^(0\d|1[012])/(\d\d)/", r"\2/\1/")
    possible = np.asarray(pc.match_substring_regex(copy["birth_date"], r"^(0\d|1[012])/(0\d|1[012])/"))
    vary(copy, "birth_date", (way == 6) & possible, day_first)
    return {kind: pa.concat_arrays([combined(texts[kind]), combined(copy[kind])]) for kind in texts}


def combined(column: Any) -> Column:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def vary(texts: dict[str, Column], kind: str, where: np.ndarray, new: Column) -> None:
    texts[kind] = pc.if_else(pa.array(where), new, texts[kind])


def digits(phone: Column) -> Column:
    return pc.replace_substring_regex(pc.replace_substring_regex(phone, r"^(\+33|0033)", "0"), r"[ .]", "")


def mistyped(random: np.random.Generator, names: Column) -> Column:
    """One letter doubled, dropped or changed, somewhere after the first."""
    found: list[str] = []
    for name, at, way in zip(names.to_pylist(), random.random(len(names)), random.integers(0, 3, len(names)), strict=True):
        place = 1 + int(at * max(len(name) - 1, 0))
        found.append(name[:place] + ("", name[place : place + 1] * 2, "E")[way] + name[place + 1 :] if len(name) > 3 else name)
    return pa.array(found)


def check_endings(*paths: Path | None) -> None:
    """Raises Trouble for an output of a format that is not written."""
    for path in paths:
        if path is not None and path.suffix.lower() not in FORMATS:
            raise Trouble("ending", say("The name of the output must end in .csv, .parquet or .xlsx."), BAD_ARGUMENTS)


def write_hospital(made: Hospital, out: Path, key: Path | None) -> None:
    """CSV (`;`), Parquet or Excel, by the ending; whole or not at all."""
    check_endings(out, key)
    write_table(made.rows, out)
    if key is not None:
        write_table(made.key, key)


def write_table(table: Any, path: Path) -> None:
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".parquet":
            pq.write_table(table, part, compression="zstd")
        elif path.suffix.lower() == ".csv":
            options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="none", quoting_header="none")
            pyarrow.csv.write_csv(table, part, options)
        else:
            write_sheet(table, part)
        part.replace(path)
    except OSError:
        raise Trouble("output", say("The output cannot be written there. Choose another folder, or free some space.")) from None
    finally:
        part.unlink(missing_ok=True)


def write_sheet(table: Any, path: Path) -> None:
    """One sheet, every cell as text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("patients")
    cells = [WriteOnlyCell(sheet) for _ in table.column_names]
    sheet.append(table.column_names)
    for batch in table.to_batches(20_000):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            for cell, value in zip(cells, values, strict=True):
                cell.value = None if value is None else str(value)
                cell.data_type = "s"
            sheet.append(cells)
    with path.open("wb") as stream:
        book.save(stream)
