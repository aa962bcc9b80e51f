"""Several processes share the files of a folder out among them."""

import os
import re
import subprocess
import sys

import pytest

CONFTEST = """
import pytest

@pytest.fixture(scope="session", autouse=True)
def whole_run():
    print("BEGUN")
    yield
    print("ENDED")

@pytest.fixture(scope="module", autouse=True)
def file(request):
    yield
    print("LEFT", request.path.stem)
"""
TESTS = "import time\n\n" + "".join(
    f"def test_{number}(request): print('RUN', request.path.stem, {number}); time.sleep(0.05)\n"
    for number in range(3)
)
FILES = [f"test_{letter}" for letter in "abcdef"]


@pytest.fixture
def start(tmp_path):
    """A function that starts one of the processes."""
    for name in ("tests", "taken"):
        (tmp_path / name).mkdir()
    for name in FILES:
        (tmp_path / "tests" / f"{name}.py").write_text(TESTS)
    (tmp_path / "tests" / "conftest.py").write_text(CONFTEST)
    options = ["-q", "-s", "-p", "no:cacheprovider", "-p", "tools.shares"]
    folders = [f"--taken={tmp_path / 'taken'}", f"--lasted={tmp_path / 'lasted'}"]
    command = [sys.executable, "-m", "pytest", *options, *folders, str(tmp_path / "tests")]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    options = {"stdout": subprocess.PIPE, "text": True, "cwd": tmp_path, "env": env}
    return lambda: subprocess.Popen(command, **options)


def test_each_test_is_run_once_and_each_file_as_a_whole(start):
    outs = [process.communicate()[0] for process in [start(), start()]]
    run = re.findall(r"RUN (test_\w) (\d)", "".join(outs))
    assert sorted(run) == [(name, str(number)) for name in FILES for number in range(3)]
    for out in outs:
        assert (out.count("BEGUN"), out.count("ENDED")) in {(1, 1), (0, 0)}
        files = re.findall(r"LEFT (test_\w)", out)
        assert [name for name, number in re.findall(r"RUN (test_\w) (\d)", out)] == [
            name for name in files for _number in range(3)
        ]


def test_what_lasted_longest_is_begun_first_after_what_is_new(start, tmp_path):
    (tmp_path / "lasted").mkdir()
    for name, seconds in zip(FILES[:-1], (3, 5, 1, 4, 2), strict=True):
        whole = f"{tmp_path / 'tests' / name}.py".strip("/").replace("/", ".")
        (tmp_path / "lasted" / whole).write_text(str(seconds))
    out, _nothing = start().communicate()
    assert "".join(re.findall(r"LEFT test_(\w)", out)) == "fbdaec"
    assert all(0 < float(path.read_text()) < 1 for path in (tmp_path / "lasted").iterdir())


def test_failure_is_told(start, tmp_path):
    (tmp_path / "tests" / "test_c.py").write_text("def test(): assert 0\n")
    process = start()
    assert "1 failed, 15 passed" in process.communicate()[0]
    assert process.returncode == 1
