"""A clean table and a kind of pollution in, a polluted file with its truth out: every kind of dirt that delimited text has.

The score is Pollock's (Vitagliano and others, VLDB 2023): loaded, and precision, recall, F1 of header, records and cells.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

NAMES = ("DUPONT", "Lefèvre", "O'BRIEN", "de La Tour", "MARTIN-DURAND", "Nguyen", "SÁNCHEZ", "Müller", "Şahin", "Ó Briain")
FIRSTS = ("Élodie", "JEAN", "Marie-Claude", "Ahmed", "Zoé", "Björn", "inès", "LUC", "Anaïs", "Noël")
CITIES = ("Saint-Étienne", "PARIS", "L'Haÿ-les-Roses", "Orléans", "Bourg-en-Bresse", "Aix-en-Provence")
NOTES = (
    "allergie, à revoir",
    'dit "le Grand"',
    "néant",
    "",
    "suivi; rappel le 3",
    "voir dossier",
    "RAS",
    "chambre 12",
    "a/b",
    "x",
)


@dataclass(frozen=True, slots=True)
class Polluted:
    """A file, and what a perfect reader makes of it. `header` is empty where the file has none."""

    name: str
    content: bytes
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def hospital(rng: random.Random, rows: int) -> Table:
    head = ("id_patient", "nom", "prenom", "date_naissance", "cp", "ville", "montant", "email", "note")
    made = [(f"{1000 + at}", rng.choice(NAMES), rng.choice(FIRSTS), f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{rng.randint(1925, 2020)}",
             f"{rng.randint(1000, 95999):05d}", rng.choice(CITIES), f"{rng.randint(0, 900)},{rng.randint(0, 99):02d}",
             f"p{at}@exemple.test", rng.choice(NOTES)) for at in range(rows)]  # fmt: skip
    return head, made


def sales(rng: random.Random, rows: int) -> Table:
    head = ("Date", "Time", "Qty", "Product Code", "Price", "Type", "Description", "URL", "Comment")
    made = [(f"{rng.randint(1, 12)}/{rng.randint(1, 28)}/2021", f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}", str(rng.randint(1, 40)),
             f"A{rng.randint(100, 999)}-{rng.choice('XYZ')}", f"{rng.randint(1, 99)}.{rng.randint(0, 99):02d}", rng.choice(("Toy", "Book", "Tool")),
             rng.choice(("Small, blue", "Set of 4", 'a 5" screen', "Boxed")), f"http://shop.test/p?id={at}", rng.choice(("", "", "ok", "n/a")))
            for at in range(rows)]  # fmt: skip
    return head, made


def directory(rng: random.Random, rows: int) -> Table:
    head = ("Last Name", "First Name", "Phone", "City", "Active")
    made = [(rng.choice(NAMES), rng.choice(FIRSTS), f"06 {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)} "
        f"{rng.randint(10, 99)}",
             rng.choice(CITIES), rng.choice(("yes", "no"))) for _ in range(rows)]  # fmt: skip
    return head, made


def line(cells: Sequence[str], delimiter: str = ",", quote: str = '"', escape: str = "", everything: bool = False) -> str:
    """One record as RFC 4180 has it, or with the signs that are given."""

    def wrapped(cell: str) -> str:
        inner = cell.replace(escape, escape * 2).replace(quote, escape + quote) if escape else cell.replace(quote, quote * 2)
        needed = everything or delimiter in cell or quote in cell or "\n" in cell or cell[:1] == " " or cell[-1:] == " "
        return quote + inner + quote if quote and needed else cell

    return delimiter.join(map(wrapped, cells))


def text(table: Table, end: str = "\n", **signs: str | bool) -> str:
    return end.join(line(row, **signs) for row in (table[0], *table[1])) + end  # type: ignore[arg-type]


def whole_files(table: Table) -> Iterator[tuple[str, bytes, Table]]:
    """Pollutions of a file as a whole."""
    head, rows = table
    for code in (";", "\t", "|", ":", "^", "~", ", ", "; ", "||", "::", "\x1f"):
        if not any(code.strip() in cell for row in rows for cell in row) or len(code) == 1:
            yield f"delimiter_{code!r}", text(table, delimiter=code).encode(), table
    yield "space_delimiter", text(table, delimiter=" ", everything=True).encode(), table
    yield "quote_'", text(table, quote="'", everything=True).encode(), table
    yield "all_quoted", text(table, everything=True).encode(), table
    yield "escape_backslash", text(table, escape="\\", everything=True).encode(), table
    for end in ("\r", "\r\n"):
        yield f"line_end_{end!r}", text(table, end=end).encode(), table
    for code in ("utf-8-sig", "cp1252", "utf-16", "utf-32", "mac_roman", "cp850", "iso-8859-15"):
        yield (
            f"encoding_{code}",
            text(table).encode(code, "replace"),
            (head, [tuple(cell.encode(code, "replace").decode(code) for cell in row) for row in rows]),
        )
    yield "no_end", text(table).rstrip("\n").encode(), table
    yield "two_ends", (text(table) + "\n").encode(), table
    yield "no_header", "".join(line(row) + "\n" for row in rows).encode(), ((), rows)
    yield "one_row", text((head, rows[:1])).encode(), (head, rows[:1])
    yield "two_rows", text((head, rows[:2])).encode(), (head, rows[:2])
    yield "preamble", ("Extraction du 19/11/2024\nService des archives\n\n" + text(table)).encode(), table
    yield (
        "preamble_padded",
        ("Extraction" + "," * (len(head) - 1) + "\n" + "," * (len(head) - 1) + "\n" + text(table)).encode(),
        table,
    )
    yield "footer", (text(table) + "\nTotal : 999\n").encode(), table
    yield "comments", ("# made by export\n" + text(table)).encode(), table
    groups = tuple("Personne" if at == 0 else "Divers" if at == len(head) // 2 else "" for at in range(len(head)))
    joined = tuple(f"{'Personne' if at < len(head) // 2 else 'Divers'} {name}" for at, name in enumerate(head))
    yield "two_row_header", (line(groups) + "\n" + text(table)).encode(), (joined, rows)
    yield (
        "header_shorter",
        (line(head[:-1]) + "\n" + "".join(line(row) + "\n" for row in rows)).encode(),
        ((*head[:-1], f"column {len(head)}"), rows),
    )
    yield (
        "header_longer",
        (line((*head, "")) + "\n" + "".join(line((*row, "")) + "\n" for row in rows)).encode(),
        ((*head, f"column {len(head) + 1}"), [(*row, "") for row in rows]),
    )
    yield "blank_lines", text(table).replace("\n", "\n\n", 12).encode(), table


def at_rows(table: Table, rng: random.Random) -> Iterator[tuple[str, bytes, Table]]:
    """Pollutions of one record."""
    head, rows = table
    lines = [line(row) for row in rows]
    for at in (0, 1, len(rows) // 2, len(rows) - 1):

        def polluted(changed: str, row: tuple[str, ...] | None, at: int = at) -> tuple[bytes, Table]:
            body = [*lines[:at], changed, *lines[at + 1 :]]
            left = [*rows[:at], *([row] if row is not None else []), *rows[at + 1 :]]
            return ("\n".join([line(head), *body]) + "\n").encode(), (head, left)

        column = rng.randrange(len(head) - 1)
        fewer = (*rows[at][:column], rows[at][column] + rows[at][column + 1], *rows[at][column + 2 :])
        yield f"row{at}_separator_missing", *polluted(line(fewer), (*fewer, ""))
        more = (*rows[at][: column + 1], "", *rows[at][column + 1 :])
        yield f"row{at}_separator_more", *polluted(line(more), rows[at])
        yield f"row{at}_separators_at_end", *polluted(lines[at] + ",,", rows[at])
        yield (
            f"row{at}_quote_open",
            *polluted(
                ",".join(
                    ('"' if i == column else "") + cell.replace(",", " ").replace('"', "") for i, cell in enumerate(rows[at])
                ),
                tuple(cell.replace(",", " ").replace('"', "") for cell in rows[at]),
            ),
        )
        yield (
            f"row{at}_quote_last",
            *polluted(
                ",".join(cell.replace(",", " ").replace('"', "") for cell in rows[at]) + '"',
                tuple(cell.replace(",", " ").replace('"', "") for cell in rows[at]),
            ),
        )
        yield f"row{at}_other_delimiter", *polluted(line(rows[at], delimiter=";"), rows[at])
        broken = tuple(cell + "\nsuite" if i == column else cell for i, cell in enumerate(rows[at]))
        yield f"row{at}_line_break", *polluted(line(broken), broken)
        yield f"row{at}_line_end", *polluted(lines[at] + "\r", rows[at])


def polluted(
    seed: int, rows: int = 80, makers: Sequence[Callable[[random.Random, int], Table]] = (hospital, sales, directory)
) -> list[Polluted]:
    """Every pollution of every clean table, the tables drawn anew from the seed."""
    found: list[Polluted] = []
    for make in makers:
        rng = random.Random(f"{seed} {make.__name__}")
        table = make(rng, rows)
        for name, content, (head, left) in (("clean", text(table).encode(), table), *whole_files(table), *at_rows(table, rng)):
            found.append(Polluted(f"{make.__name__}/{name}", content, head, tuple(left)))
    return found


def overlap(found: Counter[object], truth: Counter[object]) -> tuple[float, float, float]:
    """Precision, recall, F1 of two bags; two empty ones agree."""
    common = (found & truth).total()
    precision = common / found.total() if found else float(not truth)
    recall = common / truth.total() if truth else float(not found)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scores(header: Sequence[str], rows: Sequence[Sequence[str]], truth: Polluted) -> dict[str, float]:
    """Pollock's ten scores of one loaded file (a file that does not load has none)."""
    found: dict[str, float] = {"loaded": 1.0}
    for part, mine, theirs in (
        ("header", Counter(header), Counter(truth.header)),
        ("records", Counter(map(tuple, rows)), Counter(truth.rows)),
        ("cells", Counter(cell for row in rows for cell in row), Counter(cell for row in truth.rows for cell in row)),
    ):
        for name, value in zip(("precision", "recall", "f1"), overlap(mine, theirs), strict=True):  # type: ignore[arg-type]
            found[f"{part}_{name}"] = value
    return found
