"""Twelve invented leaks, and what the command line says of each: JSON, workbook and persons, cell by cell
(`tests/golden/twelve`).

`python -m tests.twelve` writes the golden files anew: only after a change that is meant to change figures.
"""

import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa

from analysis.command.door import run
from analysis.synth import hospital, write_hospital
from tests.conftest import TEMPLATE, TOP

GOLDEN = TOP / "tests" / "golden" / "twelve"
NAMES = ("nom", "prénom", "date de naissance", "courriel", "téléphone", "ville")
WRITTEN = "Établi le"  # a row of the page on the incident
INCIDENT = 'nature = "hospital"\nbreach_date = 2024-11-19\ndisclosure = "unknown"\nclaimed_people = 90000\n'


@dataclass(frozen=True, slots=True)
class Case:
    """One input: what writes its files into a folder, and the options of `analyze` beside the first of them."""

    name: str
    write: Callable[[Path], Path]
    options: tuple[str, ...] = ()


def patients(rows: int, seed: int) -> pa.Table:
    return hospital(rows, seed).rows


def delimited(table: pa.Table, path: Path, delimiter: str, encoding: str, header: bool = True, lines: str = "\r\n") -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=lines)
    if header:
        writer.writerow(table.column_names)
    writer.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))
    path.write_bytes(text.getvalue().encode(encoding, "replace"))
    return path


def export(folder: Path) -> Path:
    write_hospital(hospital(900, 7), folder / "leak.csv", None)
    return folder / "leak.csv"


def workbook(folder: Path) -> Path:
    write_hospital(hospital(400, 8), folder / "leak.xlsx", None)
    return folder / "leak.xlsx"


def nameless(folder: Path) -> Path:
    return delimited(patients(500, 9), folder / "leak.txt", "\t", "cp1252", header=False)


def lines(folder: Path) -> Path:
    rows = patients(300, 10).to_pylist()
    (folder / "leak.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return folder / "leak.jsonl"


def dump(folder: Path) -> Path:
    def text(value: object) -> str:
        return "'" + str(value).replace("'", "''") + "'"

    rows = patients(300, 11).to_pylist()
    names = list(rows[0])
    values = ",\n".join("(" + ", ".join(text(row[name]) for name in names) + ")" for row in rows)
    visits = ",\n".join(f"({at}, {text(rows[at % 90][names[0]])}, '2024-0{at % 9 + 1}-11')" for at in range(1, 200))
    head = ", ".join(f"`{name}` varchar(80)" for name in names)
    (folder / "leak.sql").write_text(
        f"CREATE TABLE `visite` (`id` int, `patient` varchar(20), `jour` date);\nINSERT INTO `visite` VALUES {visits};\n"
        f"CREATE TABLE `patient` ({head});\nINSERT INTO `patient` VALUES {values};\n",
        encoding="utf-8",
    )
    return folder / "leak.sql"


def records(folder: Path) -> Path:
    rows = patients(200, 12).to_pylist()
    text = "\n\n".join("\n".join(f"{name}: {value}" for name, value in row.items()) for row in rows)
    (folder / "leak.txt").write_text(text + "\n", encoding="utf-8")
    return folder / "leak.txt"


def whole_names(folder: Path) -> Path:
    table = patients(400, 13)
    last, first, mail = table.column("NOM").to_pylist(), table.column("PRENOM").to_pylist(), table.column("EMAIL").to_pylist()
    made = pa.table({"Patient": [f"{a}, {b}" if a and b else a or b for a, b in zip(last, first, strict=True)], "Mail": mail})
    return delimited(made, folder / "leak.csv", ";", "utf-8-sig")


def logins(folder: Path) -> Path:
    mails = [mail for mail in patients(400, 14).column("EMAIL").to_pylist() if mail and "@" in mail]
    (folder / "leak.txt").write_text(
        "".join(f"{mail}:Secret{at * 7919 % 10007}!\n" for at, mail in enumerate(mails)), encoding="utf-8"
    )
    return folder / "leak.txt"


def shop(folder: Path) -> Path:
    table = patients(300, 15)
    cards = [f"4000{at:011d}" for at in range(300)]
    whole = [card + str((10 - luhn(card)) % 10) for card in cards]
    made = pa.table({"customer": table.column("NOM"), "first name": table.column("PRENOM"), "email": table.column("EMAIL"),
                     "card number": whole, "total": [f"{at % 90},{at % 10}0" for at in range(300)]})  # fmt: skip
    return delimited(made, folder / "leak.csv", ",", "utf-8", lines="\n")


def luhn(digits: str) -> int:
    return sum(sum(divmod(int(sign) * (2 - at % 2), 10)) for at, sign in enumerate(reversed(digits), start=1) if sign.isdigit())


def ward(folder: Path) -> Path:
    table = patients(500, 16)
    illness = ["diabète de type 2", "hypertension artérielle", "asthme", "", "dépression"]
    made = table.append_column("diagnostic", pa.array([illness[at % 5] for at in range(500)]))
    (folder / "incident.toml").write_text(INCIDENT, encoding="utf-8")
    return delimited(made, folder / "leak.csv", "|", "utf-8")


def compared(folder: Path) -> Path:
    table = patients(700, 17)
    delimited(table.slice(100, 400), folder / "register.csv", ";", "utf-8")
    delimited(table.slice(300, 300).select(["NOM", "PRENOM", "DATE_NAISSANCE", "EMAIL"]), folder / "earlier.csv", ",", "utf-8")
    return delimited(table, folder / "leak.csv", ";", "utf-8")


def decided(folder: Path) -> Path:
    case = {"case": 1, "sha256": "", "table": 0, "rules": "", "kinds": [], "corrected": [[0, "none"]],
            "people": [["join", 3, 4], ["split", 5, 6]]}  # fmt: skip
    (folder / "leak.ampleur").write_text(json.dumps(case), encoding="utf-8")
    return delimited(patients(300, 18), folder / "leak.csv", ";", "utf-8")


CASES = (
    Case("export", export, ("--incident", str(TEMPLATE))),
    Case("workbook", workbook, ("--link", "exact")),
    Case("nameless", nameless),
    Case("lines", lines),
    Case("dump", dump),
    Case("records", records, ("--incident", str(TEMPLATE))),
    Case("whole_names", whole_names, ("--link", "full")),
    Case("logins", logins),
    Case("shop", shop),
    Case("ward", ward, ("--incident", "incident.toml", "--attackers")),
    Case("compared", compared, ("--register", "register.csv", "--earlier", "earlier.csv", "--link", "exact")),
    Case("decided", decided, ("--case", "leak.ampleur")),
)


def answer(case: Case, folder: Path) -> dict[str, Any]:
    """Everything that `analyze` writes of the input; what moves from run to run is left out."""
    leak = case.write(folder)
    (folder / "dated.toml").write_text(
        "breach_date = 2024-11-19\n", encoding="utf-8"
    )  # else ages are counted on the day of the test
    dated = () if "--incident" in case.options else ("--incident", "dated.toml")
    options = [str(folder / word) if (folder / word).is_file() else word for word in (*case.options, *dated)]
    out = {kind: folder / f"out.{kind}" for kind in ("json", "xlsx", "csv")}
    status = run(["analyze", str(leak), *options, "--lang", "fr", "--json", str(out["json"]), "--excel", str(out["xlsx"]),
                  "--persons", str(out["csv"])])  # fmt: skip
    assert status == 0
    found = json.loads(out["json"].read_text(encoding="utf-8"))
    mark = found["leak"].pop("sha256")  # a workbook tells when it was written
    for moving in (found.pop("analyzed"), found.pop("timings"), found.pop("versions"), found["leak"].pop("size")):
        assert moving
    book = openpyxl.load_workbook(out["xlsx"])
    sheets = {
        sheet.title: [
            [str(rounded(cell)).replace(mark, "…").replace(mark[:16], "…") for cell in row if cell is not None]
            for row in sheet.iter_rows(values_only=True)
            if row[0] != WRITTEN
        ]
        for sheet in book
    }
    persons = out["csv"].read_text(encoding="utf-8").splitlines()
    with_version = ("Méthode", "Couverture")
    return {
        "json": rounded(found),
        "workbook": {name: sheets[name] for name in sheets if name not in with_version},
        "persons": persons,
    }


def rounded(found: Any) -> Any:
    """Sums of several threads differ in their last digit."""
    match found:
        case float():
            return float(f"{found:.12g}")
        case dict():
            return {key: rounded(value) for key, value in found.items()}
        case list():
            return [rounded(value) for value in found]
        case _:
            return found


def main() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for case in CASES if len(sys.argv) < 2 else [case for case in CASES if case.name in sys.argv]:
        with tempfile.TemporaryDirectory() as folder:
            found = answer(case, Path(folder))
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), indent=None)
        (GOLDEN / f"{case.name}.json").write_text(text.replace('"],["', '"],\n["') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
