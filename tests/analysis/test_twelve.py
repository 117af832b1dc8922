"""What the program says of twelve invented leaks stays the same, to the last count."""

import json

import pytest

from tests.twelve import CASES, GOLDEN, answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_json_workbook_and_persons_are_those_of_the_golden_file(case, tmp_path):
    assert answer(case, tmp_path) == json.loads((GOLDEN / f"{case.name}.json").read_text(encoding="utf-8"))
