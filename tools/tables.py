"""`docs/tables.md`, drawn from `analysis/model/tables/` (`make tables`)."""

from pathlib import Path

from analysis.model.tables import TABLES, Table

PLACE = Path(__file__).parents[1] / "docs" / "tables.md"
HEAD = """# The tables of the engine

Made by `make tables` from `analysis/model/tables/`. A table is named by its stage and the hash of the question that made it (`links_51d2…`): the same question is
answered once. The store compares each with this declaration where it is made. The examples are invented.
"""


def drawn(name: str, table: type[Table]) -> str:
    columns = [f"`{column}` {kind}" for column, kind in table.columns.items()] + (
        [f"`{table.more}` {table.of}"] if table.more else []
    )
    rows = "".join(f"    {row}\n" for row in table.example)
    return f"\n## {name}\n\nOne row: {table.one}.\n\n{', '.join(columns)}\n" + (f"\n{rows}" if rows else "")


def page() -> str:
    """The whole page."""
    return HEAD + "".join(drawn(name, table) for name, table in TABLES.items())


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
