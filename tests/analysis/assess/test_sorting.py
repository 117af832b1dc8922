"""The list in any order: each column up and down, who has nothing last, everybody once."""

import pytest

from analysis.assess import listed, page, some
from analysis.assess.listing import SORTS
from analysis.ground.watch import Watch


@pytest.mark.parametrize("by", ["", *SORTS, "role", "c1", "c3", "c6"])
@pytest.mark.parametrize("down", [False, True])
def test_every_column_orders_everybody(sample_impact, by, down):
    store, impact = sample_impact
    table, count = listed(store, impact, Watch(), "", by, down)
    people = page(store, impact, table, 0, count)
    assert count == len(people) == impact.people.best == len({item.person for item in people})
    assert [item.position for item in people] == list(range(count))
    values = {
        "se": lambda item: item.se,
        "age": lambda item: item.age,
        "rows": lambda item: item.rows,
        "c1": lambda item: item.cells[1].strip() or None,
    }
    if by in values:
        told = [value for item in people if (value := values[by](item)) is not None]
        if by == "c1":
            told = [value for value in told if value.isascii() and value.isupper()]
        assert told == sorted(told, reverse=down)
        missing = [values[by](item) is None for item in people]
        assert missing == sorted(missing)


def test_the_list_stands_worst_first_whichever_way_it_is_made(sample_impact):
    store, impact = sample_impact
    table, _ = listed(store, impact, Watch())
    people = page(store, impact, table, 0, 400)
    assert [item.se for item in people] == sorted((item.se for item in people), reverse=True)
    wanted = [people[7].person, people[3].person, 10**12]
    assert [item.person for item in some(store, impact, table, wanted)] == wanted[:2]
