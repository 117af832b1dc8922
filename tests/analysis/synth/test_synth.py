"""The fictional hospital: repeatable, and unable to reach anybody."""

import re
from pathlib import Path

import pytest

from analysis.model import Status
from analysis.synth import hospital, write_hospital
from tests.conftest import KEY, SAMPLE


@pytest.fixture(scope="module")
def made():
    return hospital(20_000, 1)


def test_equal_arguments_give_equal_files(made):
    again = hospital(20_000, 1)
    assert made.rows.equals(again.rows)
    assert made.key.equals(again.key)
    assert not made.rows.equals(hospital(20_000, 2).rows)


def test_the_committed_sample_is_what_its_seed_gives(tmp_path: Path):
    write_hospital(hospital(5000, 7), tmp_path / "h.csv", tmp_path / "k.parquet")
    assert (tmp_path / "h.csv").read_bytes() == SAMPLE.read_bytes()
    assert (tmp_path / "k.parquet").stat().st_size == KEY.stat().st_size


def real(made, kind, header):
    return [
        text
        for text, status in zip(made.rows[header].to_pylist(), made.key[kind].to_pylist(), strict=True)
        if status == Status.VALID
    ]


def test_no_mailbox_exists(made):
    assert all(text.endswith(".example") for text in real(made, "email", "EMAIL"))


def test_no_number_is_assigned(made):
    """Mobiles in 07 00 to 07 29, landlines in Arcep's blocks for fiction."""
    for text in real(made, "phone", "TELEPHONE"):
        digits = "0" + re.sub(r"\D", "", text)[-9:]
        assert re.fullmatch(r"07[012]\d{7}|019900\d{4}|026191\d{4}|035301\d{4}|046571\d{4}|053649\d{4}", digits), digits


def test_rows_are_more_than_persons_and_the_key_knows_both(made):
    assert made.rows.num_rows == 20_000 == made.key.num_rows
    assert len(set(made.key["person"].to_pylist())) == made.persons == 19_840


def test_ages_span_a_life_and_first_names_fit_the_sex(made):
    years = [int(text[-4:]) for text in real(made, "birth_date", "DATE_NAISSANCE")]
    assert min(years) < 1930 and max(years) == 2024
    pairs = list(zip(made.rows["PRENOM"].to_pylist(), made.rows["SEXE"].to_pylist(), strict=True))
    maries = [sex for name, sex in pairs if name and name.upper() == "MARIE" and sex in ("M", "F")]
    assert maries.count("F") > 0.95 * len(maries) > 20


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".xlsx"])
def test_every_format_is_written_whole(tmp_path, ending):
    write_hospital(hospital(200, 3), tmp_path / f"h{ending}", None)
    assert [path.name for path in tmp_path.iterdir()] == [f"h{ending}"]


@pytest.mark.parametrize("rows", [1, 2, 50])
def test_even_a_tiny_hospital_opens(rows):
    assert hospital(rows, 1).rows.num_rows == rows
