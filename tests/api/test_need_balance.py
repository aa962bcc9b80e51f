"""Every missing piece is ordered, coming, excluded or open; every coming one is counted once."""

import pytest
from api.need_balance import Demand, Line, Ordered, balance
from hypothesis import given
from hypothesis import strategies as st

QUANTITIES = st.integers(0, 12).map(float)


def test_who_ordered_first_has_what_comes():
    result = balance([Demand(1, 3), Demand(2, 3)], [], {"po": Line(4)})
    assert result.covered == {1: {"po": 3}, 2: {"po": 1}}
    assert result.open == {1: 0, 2: 2}


def test_what_was_ordered_for_somebody_covers_nobody_else():
    ordered = [Ordered("row", 2, "po", 3)]
    result = balance([Demand(1, 3), Demand(2, 3)], ordered, {"po": Line(4)})
    assert result.left == {"row": 3}
    assert result.covered == {1: {"po": 1}, 2: {}}
    assert result.open == {1: 2, 2: 0}


def test_what_comes_for_somebody_by_odoo_itself_is_his():
    result = balance([Demand(1, 3), Demand(2, 3, bought=True)], [], {"mto": Line(3)})
    assert result.open == {1: 3}


def test_a_stock_below_zero_swallows_what_comes():
    assert balance([Demand(1, 3)], [], {"po": Line(4)}, free=-2).open == {1: 1}


def test_the_newest_purchase_gives_way_first():
    ordered = [Ordered("old", 1, "a", 2), Ordered("new", 1, "b", 2)]
    result = balance([Demand(1, 3)], ordered, {"a": Line(2), "b": Line(2, draft=True)})
    assert (result.left, result.trimmed) == ({"old": 2, "new": 1}, {"new": 1})


def test_what_a_draft_loses_covers_nobody():
    ordered = [Ordered("row", 1, "po", 3)]
    lines = {"po": Line(3, draft=True)}
    assert balance([Demand(2, 3)], ordered, lines).open == {2: 3}
    # The supplier knows of it, so it comes.
    assert balance([Demand(2, 3)], ordered, {"po": Line(3)}).open == {2: 0}


def test_what_comes_of_less_is_for_who_ordered_first():
    ordered = [Ordered("late", 2, "po", 3), Ordered("early", 1, "po", 3)]
    result = balance([Demand(1, 3), Demand(2, 3)], ordered, {"po": Line(4)})
    assert (result.left, result.cut) == ({"late": 1, "early": 3}, {"late": 2})
    assert result.open == {1: 0, 2: 2}


@pytest.mark.parametrize("missing", [5.0, 2.0, 0.0])
def test_what_is_excluded_is_not_open(missing):
    result = balance([Demand(1, missing)], [], {}, excluded={1: 4})
    assert (result.excluded[1], result.open[1]) == (min(missing, 4), max(missing - 4, 0))


@st.composite
def situations(draw):
    keys = draw(st.lists(st.integers(1, 6), unique=True, max_size=6))
    demands = [Demand(key, draw(QUANTITIES), draw(st.integers(0, 4)) == 0) for key in keys]
    lines = {
        name: Line(draw(QUANTITIES), draw(st.booleans()))
        for name in draw(st.lists(st.sampled_from("abcd"), unique=True))
    }
    ordered = [
        Ordered(row, draw(st.integers(1, 7)), draw(st.sampled_from("abcd")), draw(QUANTITIES) + 1)
        for row in range(draw(st.integers(0, 6)))
    ]
    free = draw(st.integers(-4, 8).map(float))
    excluded = draw(st.dictionaries(st.integers(1, 6), QUANTITIES, max_size=3))
    return demands, ordered, lines, free, excluded


@given(situations())
def test_everything_adds_up_whatever_happened(situation):
    demands, ordered, lines, free, excluded = situation
    result = balance(demands, ordered, lines, free, excluded)
    left, by_line = {}, {}
    for row in ordered:
        before = row.quantity
        parts = result.left[row.row], result.trimmed.get(row.row, 0), result.cut.get(row.row, 0)
        assert sum(parts) == before and min(parts) >= 0
        left[row.key] = left.get(row.key, 0) + result.left[row.row]
        by_line[row.line] = by_line.get(row.line, 0) + result.left[row.row]
    for demand in demands:
        if demand.bought:
            continue
        parts = (
            left.get(demand.key, 0),
            sum(result.covered[demand.key].values()),
            result.excluded[demand.key],
            result.open[demand.key],
        )
        assert sum(parts) == demand.missing and min(parts) >= 0
    # No piece twice: neither of a line nor of the stock.
    for covered in result.covered.values():
        for line, quantity in covered.items():
            by_line[line] = by_line.get(line, 0) + quantity
    for name, quantity in by_line.items():
        there = max(free, 0) if name is None else lines[name].remaining if name in lines else 0
        assert quantity <= there
    # Nothing is to be ordered while something lies or comes for nobody.
    if any(result.open.values()):
        coming = sum(line.remaining for line in lines.values()) + free
        bought = sum(demand.missing for demand in demands if demand.bought)
        assert sum(by_line.values()) + bought >= coming
