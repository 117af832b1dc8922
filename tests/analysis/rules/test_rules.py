"""Every file of rules has its shape, and what is wrong in one is named when it is loaded."""

from importlib.resources import files

import pytest

from analysis.model.codes import EiReason
from analysis.rules.loading import Rules, load, read
from analysis.rules.shapes import Severity

SHAPES = Rules.__subclasses__()


def text_of(shape: type[Rules]) -> str:
    return (files("resources") / "rules" / f"{shape.__name__.lower()}.toml").read_text(encoding="utf-8")


def test_every_file_has_a_shape():
    there = {path.name for path in (files("resources") / "rules").iterdir() if path.name.endswith(".toml")}
    assert there == {f"{shape.__name__.lower()}.toml" for shape in SHAPES}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_key_too_much_is_named_with_its_file(shape):
    with pytest.raises(ValueError, match=rf"{shape.__name__.lower()}\.toml: .*`verison`"):
        read(shape, f'verison = "x"\n{text_of(shape)}'.encode(), shape.__name__.lower())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("minors = 4", 'minors = "4"', r"Expected `int`, got `str` - at `\$\.nature"),
        ("\nsmall_town", "\nsmall_twon", "small_twon"),
        ("threshold = 0.2", "", "threshold"),
    ],
)
def test_a_wrong_value_a_slip_and_a_missing_key_are_named(before, after, told):
    with pytest.raises(ValueError, match=told):
        read(Severity, text_of(Severity).replace(before, after, 1).encode(), "severity")


def test_every_reason_of_an_ease_of_identification_has_its_value():
    assert set(load(Severity).ease) == set(EiReason)
