"""What the demonstration says of itself."""

import pytest

from merchantpro_simulator import demo_data, seed_orders
from tools import scenario
from tools.scenario_table import print_table


@pytest.fixture
def figures():
    """Those of a demonstration that did its job."""
    expected, states = demo_data.expected_matches(), seed_orders.expected_states()
    return {
        "fetched": sum(expected.values()),
        "linked": expected["matched"],
        "created": expected["new"],
        "review": expected["ambiguous"] + expected["no_code"],
        "imported": states["done"],
        "waiting": states["wait"],
        "held": states["held"],
        "ignored": states["ignored"],
        "errors": 0,
    }


def test_nothing_is_wrong_when_all_adds_up(figures):
    assert scenario.problems(figures) == []
    assert scenario.problems({**figures, "stock pushes": 5, "matches": {}}) == []


@pytest.mark.parametrize(
    "name",
    ["fetched", "linked", "created", "review", "imported", "waiting", "held", "ignored", "errors"],
)
def test_each_figure_that_is_off_is_told_with_what_it_should_be(figures, name):
    wrong = {**figures, name: figures[name] + 1}
    assert scenario.problems(wrong) == [f"{name}: {wrong[name]} instead of {figures[name]}"]


def test_table_has_figures_reasons_and_problems(figures, capsys):
    print_table({**figures, "why held": {"42": "no product"}, "problems": ["held: 1 instead of 2"]})
    out = capsys.readouterr().out
    assert f"fetched   {figures['fetched']:>6}" in out
    assert "held 42: no product" in out
    assert "DOES NOT ADD UP: held: 1 instead of 2" in out
