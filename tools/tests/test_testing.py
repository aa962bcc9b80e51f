"""`./dev test`: which tests are left out, and how results are counted."""

import os
import pathlib
import subprocess
import sys

import pytest

from tools import database, paths, testing


@pytest.fixture
def skipped(root):
    """A function that writes the list of left-out tests."""
    (root / "tools").mkdir()
    return (root / "tools" / "odoo_tests_skipped.txt").write_text


def test_nothing_is_left_out_of_an_empty_list(skipped):
    skipped("# A comment.\n\n")
    assert testing.deselected() == []


def test_names_become_one_expression(skipped):
    skipped("# A comment.\ntest_one  # fails alone\n\n  test_two # too\n")
    assert testing.deselected() == ["-k", "not test_one and not test_two"]


def test_pytest_leaves_out_just_these_and_tells_of_the_others(skipped, root):
    skipped("test_one  # fails\n")
    (root / "test_x.py").write_text("def test_one(): assert 0\ndef test_two(): assert 0\n")
    command = [sys.executable, "-c", testing.PYTEST, "-q", "-p", "no:cacheprovider"]
    result = subprocess.run(
        [*command, *testing.deselected(), str(root)],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        cwd=root,
    )
    assert "1 failed, 1 deselected" in result.stdout, result.stdout
    assert result.returncode == 1


def test_every_name_in_the_list_has_its_reason():
    lines = pathlib.Path(testing.__file__).with_name("odoo_tests_skipped.txt").read_text()
    for line in filter(None, map(str.strip, lines.splitlines())):
        assert line.partition("#")[2].strip(), line


def test_only_folders_with_tests_are_run_each_once(root):
    for name in ("full", "b_simulator", "a_simulator", "empty"):
        (root / name / "tests").mkdir(parents=True)
    for name in ("full/tests/test_x.py", "full/tests/test_y.py", "empty/tests/common.py"):
        (root / name).touch()
    for name in ("a", "b"):
        (root / f"{name}_simulator" / "tests" / "test_x.py").touch()
    patterns = ("full/tests", "*_simulator/tests", "empty/tests", "missing")
    assert testing._existing(patterns) == [
        "full/tests",
        "a_simulator/tests",
        "b_simulator/tests",
    ]


def test_addon_is_tested_with_all_and_only_what_it_needs(monkeypatch):
    monkeypatch.setattr(paths, "BELOW", ("low",))
    monkeypatch.setattr(paths, "GLUE", ("low_courier", "shop_kits"))
    monkeypatch.setattr(paths, "ADDONS", ("low", "shop", "low_courier", "shop_kits"))
    for name in ("lower", "template", "glued"):
        monkeypatch.setattr(database, name, lambda name=name: name)
    assert testing._source(["low/tests/test_x.py", "-k", "one"]) == "lower"
    assert testing._source(["shop/tests"]) == "template"
    assert testing._source(["low/tests", "shop/tests"]) == "template"
    assert testing._source(["shop/tests", "low_courier/tests"]) == "glued"
    assert testing._source(["/odoo/addons/sale_stock/tests"]) == "template"


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ("12 passed in 1.00s", (12, 0, 0)),
        ("1 failed, 2 passed, 3 skipped in 1.00s", (2, 1, 3)),
        ("2 passed, 1 error in 1.00s", (2, 1, 0)),
        ("2 passed, 3 errors in 1.00s", (2, 3, 0)),
        ("no tests ran in 0.01s", (0, 0, 0)),
    ],
)
def test_results_of_all_parts_are_added_up(line, counted, capsys):
    totals = {"passed": 100, "failed": 0, "skipped": 0}
    command = [sys.executable, "-c", f"print('3 passed in a text'); print({line!r}); exit(4)"]
    if not any(counted):
        command[2] = f"print({line!r}); exit(4)"
    assert testing._part("plain", lambda: (command, None), totals) == 4
    passed, failed, left_out = counted
    assert totals == {"passed": 100 + passed, "failed": failed, "skipped": left_out}
    assert line in capsys.readouterr().out


def test_plain_tests_exist_where_they_are_looked_for():
    found = testing._existing(testing.PLAIN)
    assert set(testing.PLAIN) - {"*_simulator/tests"} < set(found)
    assert "merchantpro_simulator/tests" in found
    assert paths.ROOT.joinpath("dev").exists()
