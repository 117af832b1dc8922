"""Sources in, the French catalog brought up to date: every message id that the code or the rules hold."""

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).parents[1]
CATALOG = TOP / "resources" / "locale" / "fr" / "messages.po"
CALLS = {"say", "words", "mark"}
LISTED = (
    ("kinds", "kind", ("label",)),
    ("severity", "nature", ("label",)),
    ("forms", "form", ("said",)),
    ("sensitive", "category", ("label",)),
    ("scenarios", "scenario", ("label", "advice", "minor", "beside", "password")),
    ("edpb", "case", ("title",)),
    ("edpb", "decision", ("title", "outcome")),
    ("attackers", "attacker", ("label", "adds")),
    ("notification", "section", ("label",)),
    ("notification", "field", ("label",)),
)  # rules with texts
FORM = TOP / "resources" / "schema" / "edpb-notification-1.0.schema.json"
NEVER = {"field_10", "field_14", "field_15", "field_118", "field_123"}  # choices that only a person makes


def extracted() -> Catalog:
    """The message ids of analysis, gui and the rules, with where they stand."""
    catalog = Catalog(locale="fr", project="Ampleur", charset="utf-8")
    for source in sorted([*TOP.glob("analysis/**/*.py"), *TOP.glob("gui/**/*.py")]):
        for ids in messages(ast.parse(source.read_text(encoding="utf-8"))):
            catalog.add(ids, locations=[(source.relative_to(TOP).as_posix(), 0)])
    for name, part, keys in LISTED:
        found = tomllib.loads((TOP / "resources" / "rules" / f"{name}.toml").read_text(encoding="utf-8"))[part]
        for item in found.values() if isinstance(found, dict) else found:
            for key in keys:
                if key in item:
                    catalog.add(item[key], locations=[(f"resources/rules/{name}.toml", 0)])
    for name, field in json.loads(FORM.read_text(encoding="utf-8"))["properties"].items():
        for text in (field or {}).get("x-options", {}).values() if name not in NEVER else ():
            catalog.add(text, locations=[(FORM.relative_to(TOP).as_posix(), 0)])
    return catalog


def messages(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """Literal first arguments of the calls that translate; two of them are a singular and its plural."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in CALLS:
            continue
        texts = [part.value for part in node.args[:2] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if texts and texts[0] and len(texts) == len(node.args[:2]):
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def main() -> None:
    fresh = extracted()
    if CATALOG.is_file():
        with CATALOG.open("rb") as stream:
            kept = read_po(stream, locale="fr")
        for message in fresh:
            known = kept.get(message.id)
            if message.id and known is not None:
                message.string = known.string
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    with CATALOG.open("wb") as stream:
        write_po(stream, fresh, width=0, omit_header=False, sort_output=True, include_lineno=False)
    missing = [message.id for message in fresh if message.id and not translated(message.string)]
    print(f"{len(fresh)} messages, {len(missing)} without a French text")


def translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    main()
