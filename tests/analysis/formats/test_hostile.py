"""Every pollution of delimited text is read, and every damage to every format ends in a sentence or a balanced ledger."""

import pytest

from analysis.ground.watch import Watch
from analysis.read import read
from tests import fuzz, pollution, wrapped


def test_every_kind_of_pollution_is_read_by_pollock_s_measure(store, tmp_path):
    """Simple score (mean of the ten scores, summed; 10 is perfect) and header F1, told nothing."""
    totals, headers = [], []
    for case in pollution.polluted(seed=2026, rows=50, makers=(pollution.hospital, pollution.directory)):
        path = tmp_path / "leak.csv"
        path.write_bytes(case.content)
        found = read(store, path, Watch())
        assert found.ledger.balanced, case.name
        width = found.sheet.width  # the surplus of a row stands in a column of ours
        rows = [tuple(cell or "" for cell in row[:width]) for row in store.rows(store.table(found.table))]
        scores = pollution.scores(found.columns[:width] if found.dialect.header else (), rows, case)
        totals.append(sum(scores.values()))
        headers.append(scores["header_f1"])
    assert sum(totals) / len(totals) >= 9.9
    assert sum(headers) / len(headers) >= 0.98


@pytest.mark.parametrize("name", list(wrapped.FORMATS))
def test_a_damaged_file_of_any_format_never_crashes_nor_loses_a_record_unseen(name, capsys):
    assert fuzz.run([name], inputs=3, seed=7) == 0
    assert "3 inputs" in capsys.readouterr().out
