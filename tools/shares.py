"""A plugin of pytest for several processes that run the same tests together: whoever is free takes
the next file, so that they end together however the work is spread over the files.

They agree by making an empty file for each they take, in a folder that is empty at first. What took
long the last time, as another folder tells, is begun first, new files before all."""

import itertools
import pathlib
import time

import pytest

SPENT = pytest.StashKey()


def pytest_addoption(parser):
    parser.addoption("--taken", type=pathlib.Path, help="the folder of what was taken")
    parser.addoption("--lasted", type=pathlib.Path, help="the folder of how long each file lasted")


def pytest_runtestloop(session):
    if session.config.option.collectonly or session.testsfailed:
        return None  # as pytest does it
    items = _taken(session.items, session.config.option.taken, session.config.option.lasted)
    item = next(items, None)
    while item:
        # Known before it runs: what the next one needs too stays.
        following = next(items, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail or session.shouldstop:
            raise session.Failed(session.shouldfail or session.shouldstop)
        item = following
    return True


def _taken(items, taken, lasted):
    files = {}
    for path, group in itertools.groupby(items, key=lambda item: item.path):
        files.setdefault(path, []).extend(group)
    for path in sorted(files, key=lambda path: _seconds(lasted, path), reverse=True):
        try:
            (taken / _name(path)).touch(exist_ok=False)
        except FileExistsError:
            continue
        yield from files[path]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    started = time.monotonic()
    result = yield
    spent = item.config.stash.setdefault(SPENT, {})
    spent[item.path] = spent.get(item.path, 0) + time.monotonic() - started
    return result


def pytest_sessionfinish(session):
    lasted = session.config.option.lasted
    lasted.mkdir(exist_ok=True)
    for path, seconds in session.config.stash.get(SPENT, {}).items():
        (lasted / _name(path)).write_text(f"{seconds:.1f}")


def _seconds(lasted, path):
    try:
        return float((lasted / _name(path)).read_text())
    except (FileNotFoundError, ValueError):
        return float("inf")


def _name(path):
    return str(path).strip("/").replace("/", ".")
