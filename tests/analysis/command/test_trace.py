"""One row in every table, masked."""

import pytest

from analysis.command.door import run

ROWS = "nom;prenom;naissance;courriel\nDURANDAL;Jeannot;14/03/1980;durandal@example.org\nDURANDAL;JEANNOT;14/03/1980;\nMARTINEL;Anne;02/05/1975;a@example.org\n"


def test_a_row_is_shown_in_every_table_and_no_cell_of_it_in_clear(tmp_path, capsys):
    leak = tmp_path / "leak.csv"
    leak.write_text(ROWS, encoding="utf-8")
    assert run(["trace", str(leak), "--row", "2", "--link", "exact", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    heads = [line.split("_")[0] for line in told.splitlines() if not line.startswith(" ")]
    assert heads == ["leak", "exposure", "mentions", "exact", "links", "exact", "scores"]
    assert "person         0" in told  # the second row is about the person of the first
    assert not [cell for cell in ("DURANDAL", "JEANNOT", "1980", "durandal") if cell.lower() in told.lower()]


@pytest.mark.parametrize("row", ["0", "4", "-1"])
def test_a_row_that_the_table_has_not_is_refused(row, tmp_path, capsys):
    leak = tmp_path / "leak.csv"
    leak.write_text(ROWS, encoding="utf-8")
    assert run(["trace", str(leak), f"--row={row}", "--lang", "en"]) == 2
    assert "The table has 3 rows" in capsys.readouterr().err
