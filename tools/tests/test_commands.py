"""The command line: what it refuses, and the benchmarks."""

import pytest

from tools import bench, commands, paths


def test_unknown_benchmark_names_the_known_ones_and_exits_with_2(root, capsys):
    (root / "bench").mkdir()
    (root / "bench" / "push.py").touch()
    (root / "bench" / "__init__.py").touch()
    assert bench.bench("nonsense") == 2
    assert capsys.readouterr().out == "Benchmarks: push\n"


def test_no_benchmark_is_no_error_in_the_program(root, capsys):
    assert bench.bench("") == 2
    assert capsys.readouterr().out == "Benchmarks: none yet\n"


def test_exit_code_reaches_the_caller_of_dev():
    assert commands._in_venv("bench", "bench('nonsense')") == 2


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_benchmark_that_misses_a_goal_fails(ok, code, capsys):
    figures = {
        "calls a minute": {"value": 80, "goal": ">= 75", "ok": True},
        "seconds": {"value": 2, "goal": "<= 3", "ok": ok},
    }
    assert bench.show(figures) == code
    out = capsys.readouterr().out
    assert ("MISSED" in out) is not ok
    assert out.splitlines()[-1].startswith('{"calls a minute"')


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["stop", "--force"], ["demo", "--twice"]])
def test_what_is_not_known_is_refused_before_anything_is_set_up(arguments, dev):
    with pytest.raises(SystemExit) as refusal:
        commands.main(arguments)
    assert refusal.value.code == 2
    assert list(dev.iterdir()) == []


def test_stop_needs_no_set_up(dev, capsys):
    assert commands.main(["stop"]) == 0
    assert not (dev / "stamps").exists()


def test_odoo_path_that_is_no_odoo_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="is no Odoo"):
        paths.odoo_source()
