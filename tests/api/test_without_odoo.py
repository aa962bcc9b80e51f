"""The package of the API stands on its own: scripts and tests use it without Odoo."""

import pathlib
import subprocess
import sys

import api

FOLDER = pathlib.Path(api.__file__).parent
PROBE = """
import importlib, sys

class Refuse:
    def find_spec(self, name, *_args):
        if name.partition(".")[0] == "odoo":
            raise AssertionError("the API imported " + name)

sys.meta_path.insert(0, Refuse())
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module("api." + name)
assert not [name for name in sys.modules if name.partition(".")[0] == "odoo"]
print("loaded", len(sys.argv) - 2)
"""


def test_every_module_loads_where_importing_odoo_fails():
    names = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    command = [sys.executable, "-c", PROBE, str(FOLDER.parent), *names]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.stdout == f"loaded {len(names)}\n", result.stderr
    assert {"client", "orders", "pg_store", "limits"} <= set(names)
