"""Charts by their artists: heights are counts, labels are words, sentences are computed."""

from dataclasses import replace

import pytest

from analysis.assess.parts import narrowed
from analysis.draw import CHARTS, draw, marked
from analysis.draw.map import outlines, rates
from analysis.draw.scale import steps
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.rules.communes import communes as known_communes
from analysis.rules.communes import outlines as communes_of_map
from analysis.rules.kinds import kinds
from tests.conftest import altered


def bars(figure):
    return [patch.get_width() for patch in figure.axes[0].patches]


@pytest.mark.parametrize("chart", [chart.name for chart in CHARTS])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_is_drawn_with_its_sentence(sample_impact, chart, language, dark):
    figure, sentence = draw(chart, sample_impact[1], Words(language), dark)
    figure.canvas.draw()
    assert sentence.endswith(".") and "{" not in sentence
    assert figure.get_suptitle()


def test_the_field_chart_s_bars_are_the_counts(sample_impact):
    impact = sample_impact[1]
    figure, _ = draw("fields", impact, Words("en"))
    fields = sorted(impact.people.exposure.personal, key=lambda item: item.valid)
    expected = [
        count for part in ("valid", "malformed", "placeholder", "empty") for count in (getattr(item, part) for item in fields)
    ]
    assert bars(figure) == expected
    assert [text.get_text() for text in figure.axes[0].get_yticklabels()] == [kinds()[item.kind].label for item in fields]


def test_the_severity_chart_s_bars_are_the_bands(sample_impact):
    impact = sample_impact[1]
    bands = tuple((band, n) for (band, _), n in zip(impact.verdict.bands, (1, 2, 2_000, 2_958), strict=True))
    figure, sentence = draw("severity", replace(impact, verdict=replace(impact.verdict, bands=bands)), Words("fr"))
    assert bars(figure) == [1, 2, 2_000, 2_958]
    assert "en principe être informée" in sentence


def test_where_one_band_holds_nearly_everybody_the_chart_tells_what_the_data_open(sample_impact):
    impact = sample_impact[1]
    assert not impact.verdict.bands_tell
    figure, sentence = draw("severity", impact, Words("en"))
    assert bars(figure) == [people for _, people in impact.verdict.opened] and sum(bars(figure)) == impact.people.best
    assert "tells nobody apart" in sentence


def test_the_pyramid_shows_everyone_of_known_age(sample_impact):
    impact = sample_impact[1]
    figure, _ = draw("ages", impact, Words("en"))
    assert sum(abs(width) for width in bars(figure)) == impact.census.known_age == sum(item.people for item in impact.census.ages)


def test_the_map_holds_the_101_departements_and_colours_by_rate(sample_impact):
    impact = sample_impact[1]
    assert len(outlines()) == 101
    assert {"2A", "2B", "971", "972", "973", "974", "976"} <= set(outlines())
    figure, _ = draw("map", impact, Words("en"))
    drawn = figure.axes[0].collections[0]
    assert len(drawn.get_paths()) == sum(len(rings) for rings in outlines().values())
    place = max(impact.census.places, key=lambda item: item.people)
    assert rates(impact)[place.code] == 1000 * place.people / place.population


def test_steps_are_increasing_whatever_the_rates():
    assert steps([]) == [0.0, 1.0]
    for values in ([3.0], [1.0, 1.0, 1.0], [1, 2, 3, 4, 5, 6.0]):
        found = steps(values)
        assert found == sorted(found) and len(found) >= 2


def test_a_field_named_like_mathematics_is_drawn_as_text(sample_impact):
    impact = sample_impact[1]
    exposure = impact.people.exposure
    fields = tuple(replace(field, column="$\\frac{$") for field in exposure.fields)
    odd = altered(impact, people=replace(impact.people, exposure=replace(exposure, fields=fields)))
    figure, _ = draw("fields", odd, Words("en"))
    figure.canvas.draw()
    assert figure.axes


def test_nobody_exposed_is_said_not_crashed(sample_impact):
    impact = sample_impact[1]
    empty = altered(
        impact, ages=(), known_age=0, places=(), exposed=tuple((kind, 0) for kind, _ in impact.verdict.exposed),
        people=replace(impact.people, best=0), reidentification=replace(impact.census.reidentification, rows=0),
    )  # fmt: skip
    for chart in CHARTS:
        _, sentence = draw(chart.name, empty, Words("en"))
        assert sentence


def test_the_map_of_one_departement_holds_its_communes_and_a_click_leaves_one(sample_impact):
    store, impact = sample_impact
    code = max(impact.census.places, key=lambda item: item.people).code
    part = narrowed(store, impact, (f"department:{code}",), Watch())
    figure, sentence, marks = marked("map", part, Words("en"))
    assert f"({code})" in figure.get_suptitle()
    lived = {item.code: item.people for item in part.census.communes}
    assert sum(lived.values()) <= part.people.best and {mark.part for mark in marks if mark.part} <= {
        f"commune:{insee}" for insee in lived
    }
    first, people = next(iter(lived.items()))
    assert narrowed(store, impact, (f"department:{code}", f"commune:{first}"), Watch()).people.best == people
    assert str(len(lived)) in sentence


def test_neighbors_share_their_borders_and_nothing_is_twice():
    """The outlines of a département, stepped and laid out again, are closed rings of its own communes."""
    for code in ("75", "2A", "976"):
        held = communes_of_map(code)
        assert {known_communes()[insee].department for insee in held} == {code}
        points = [set(ring) for rings in held.values() for ring in rings]
        assert all(len(ring) > 2 for ring in points)
        shared = sum(bool(one & other) for at, one in enumerate(points) for other in points[at + 1 :])
        assert shared >= len(points) - 1, "a map, not islands"
