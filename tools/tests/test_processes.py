"""Background servers: only what was started here is ever stopped."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import pytest

from tools import paths, processes
from tools.steps import StepFailed

pytestmark = pytest.mark.usefixtures("dev")
SLEEP = ["sleep", "60"]


@pytest.fixture
def bystander():
    """A process that nobody here started as a server."""
    process = subprocess.Popen(SLEEP, start_new_session=True)
    yield process
    process.kill()
    process.wait()


def alive(pid):
    return processes._born(pid) is not None


def test_started_server_is_running_with_its_facts():
    record = processes.start("shop", SLEEP, port=8070)
    assert processes.running("shop") == record
    assert record["port"] == 8070 and alive(record["pid"])
    assert processes.stop("shop") is True
    assert not alive(record["pid"])
    assert processes.running("shop") is None


def test_stopping_what_does_not_run_is_no_error():
    assert processes.stop("shop") is False
    processes.start("shop", SLEEP)
    assert [processes.stop("shop") for _time in range(2)] == [True, False]


def test_server_that_ended_by_itself_is_not_running():
    record = processes.start("shop", ["true"])
    while alive(record["pid"]):
        time.sleep(0.01)
    assert processes.running("shop") is None
    assert processes.stop("shop") is False
    assert not (paths.RUN / "shop.json").exists()


@pytest.mark.parametrize("born", [1, None])
def test_process_that_got_the_number_of_a_dead_server_is_left_alone(bystander, born):
    paths.RUN.mkdir()
    record = {"pid": bystander.pid, "born": born}
    (paths.RUN / "shop.json").write_text(json.dumps(record))
    assert processes.running("shop") is None
    assert processes.stop("shop") is False
    assert bystander.poll() is None
    assert not (paths.RUN / "shop.json").exists()


def test_other_servers_go_on():
    processes.start("shop", SLEEP)
    other = processes.start("odoo", SLEEP)
    processes.stop("shop")
    assert processes.running("odoo") == other
    processes.stop("odoo")


def test_workers_of_a_server_end_with_it(tmp_path):
    file = tmp_path / "worker"
    record = processes.start("odoo", ["sh", "-c", f"sleep 60 & echo $! > {file}; wait"])
    while not (file.exists() and file.read_text().strip()):
        time.sleep(0.01)
    worker = int(file.read_text())
    assert alive(worker)
    processes.stop("odoo")
    assert not alive(record["pid"])
    _until(lambda: not alive(worker))


def test_server_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "SIGNALS", ((signal.SIGTERM, 0.2), (signal.SIGKILL, 5)))
    ready = tmp_path / "ready"
    code = (
        "import pathlib, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(ready)!r}).touch()\ntime.sleep(60)"
    )
    record = processes.start("odoo", [sys.executable, "-c", code])
    _until(ready.exists)
    assert processes.stop("odoo") is True
    assert not alive(record["pid"])


def _until(true):
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_output_of_a_server_is_in_its_log(dev):
    record = processes.start("shop", ["echo", "hello"])
    _until(lambda: not alive(record["pid"]))
    assert (dev / "logs" / "shop.log").read_text() == "hello\n"


def test_birth_tells_processes_apart(bystander):
    assert processes._born(bystander.pid) == processes._born(bystander.pid)
    assert processes._born(bystander.pid) > processes._born(os.getpid())
    bystander.kill()
    _until(lambda: processes._born(bystander.pid) is None)  # not yet waited for: a zombie
    assert pathlib.Path(f"/proc/{bystander.pid}").exists()


# Ports


def test_wanted_port_is_given_if_free():
    port = processes.free_port()
    assert processes.free_port(port) == port


def test_another_port_is_given_if_somebody_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert processes.free_port(taken) != taken


def test_server_that_does_not_come_up_is_told_with_where_to_look():
    url = f"http://127.0.0.1:{processes.free_port()}/"
    with pytest.raises(StepFailed, match="did not answer"):
        processes.wait_for(url, seconds=0.05)


def test_shop_is_started_and_answers(dev):
    record = processes.start_shop("shop", ":memory:", processes.free_port(), "--seed", "empty")
    processes.wait_for(f"http://127.0.0.1:{record['port']}/_simulator/state", seconds=5)
    assert processes.stop("shop") is True


# The database server


@pytest.fixture
def server(monkeypatch):
    """A stand-in for the cluster all tests here use, which must not end."""
    server = {"running": True, "others": False}
    monkeypatch.setattr(processes.postgres, "is_running", lambda: server["running"])
    monkeypatch.setattr(processes.postgres, "others_connected", lambda: server["others"])
    monkeypatch.setattr(processes.postgres, "stop", lambda: server.update(running=False))
    return server


def test_database_server_that_the_demonstration_did_not_start_goes_on(server):
    assert processes.release_server() is False
    assert server["running"]


def test_database_server_of_the_demonstration_ends_once_nobody_uses_it(server):
    processes.claim_server()
    server["others"] = True
    assert processes.release_server() is False
    server["others"] = False
    assert processes.release_server() is True
    assert not server["running"]
    assert processes.release_server() is False
