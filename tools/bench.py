"""`./dev bench NAME`: run bench/NAME.py and show its figures against their goals."""

import importlib
import json

from . import paths


def bench(name):
    """0 when every figure reaches its goal. `bench.NAME.run()` returns
    {figure: {"value": number, "goal": "<= 1.3" or ">= 0.95", "ok": bool}}."""
    names = sorted(path.stem for path in (paths.ROOT / "bench").glob("[a-z]*.py"))
    if name not in names:
        print(f"Benchmarks: {', '.join(names) or 'none yet'}")
        return 2
    return show(importlib.import_module(f"bench.{name}").run())


def show(figures):
    """Print the table and, last, the JSON line."""
    width = max(map(len, figures))
    for figure, row in figures.items():
        mark = "ok" if row["ok"] else "MISSED"
        print(f"{figure:<{width}}  {row['value']:>12}  goal {row['goal']:<12} {mark}")
    print(json.dumps(figures))
    return 0 if all(row["ok"] for row in figures.values()) else 1
