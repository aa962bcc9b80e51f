"""Background servers of the demonstration: started with a record of what they are, stopped
only if the process is still that one."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import database, paths, postgres
from .steps import StepFailed

CLAIM = "postgresql-is-ours"
SIGNALS = ((signal.SIGTERM, 10), (signal.SIGKILL, 5))  # with the seconds given to obey


def start(name, command, env=None, **facts):
    """Start a server in the background; `facts` (ports, addresses) are kept with its pid."""
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    with (paths.LOGS / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=env,
            cwd=paths.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return note(name, process.pid, **facts)


def note(name, pid, **facts):
    """Keep the record of a server, the leader of its group of processes."""
    paths.RUN.mkdir(parents=True, exist_ok=True)
    record = {"pid": pid, "born": _born(pid), **facts}
    (paths.RUN / f"{name}.json").write_text(json.dumps(record))
    return record


def running(name):
    """The record of a running server, or None."""
    file = paths.RUN / f"{name}.json"
    if not file.exists():
        return None
    record = json.loads(file.read_text())
    # Numbers of processes are used again; the time of birth tells them apart. It is null for
    # one that was dead before it could be read.
    return record if record["born"] and _born(record["pid"]) == record["born"] else None


def stop(name):
    """End a server we started. True if it ran."""
    record = running(name)
    if record:
        _end(record)
    (paths.RUN / f"{name}.json").unlink(missing_ok=True)
    return bool(record)


def claim_server():
    """Note that the demonstration started the database server."""
    paths.RUN.mkdir(parents=True, exist_ok=True)
    (paths.RUN / CLAIM).touch()


def release_server():
    """End the database server if it is ours and nobody else uses it. True if it was ended."""
    claim = paths.RUN / CLAIM
    if not claim.exists() or not postgres.is_running() or postgres.others_connected():
        return False
    postgres.stop()
    claim.unlink()
    return True


def _end(record):
    for number, patience in SIGNALS:
        with contextlib.suppress(ProcessLookupError):  # it ended this very moment
            os.killpg(record["pid"], number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if _born(record["pid"]) != record["born"]:
                return
            time.sleep(0.1)


def _born(pid):
    """When a living process started, in clock ticks since boot; None for a dead one."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else int(fields[19])


def free_port(wanted=0):
    """`wanted` if nobody listens there, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise StepFailed("There is no free port.")


def wait_for(url, seconds=90):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise StepFailed(f"{url} did not answer in {seconds} s; see {paths.LOGS}")


def start_odoo(name, db, port):
    """Odoo with crons and the job runner, for one database."""
    command = database.odoo_command("server", *server_options(db, port))
    record = start(name, command, database.environment(), port=port)
    wait_for(f"http://127.0.0.1:{port}/web/login")
    return record


def server_options(db, port):
    return [
        f"--database={db}",
        f"--db-filter=^{db}$",
        "--http-interface=127.0.0.1",
        f"--http-port={port}",
        "--load=web,queue_job",
        "--max-cron-threads=2",
        "--log-level=warn",
    ]


def start_shop(name, db_file, port, *arguments):
    """The simulated shop."""
    command = [str(paths.PYTHON), "-m", "merchantpro_simulator", "--port", str(port)]
    record = start(name, [*command, "--db", str(db_file), *arguments], port=port)
    wait_for(f"http://127.0.0.1:{port}/_simulator/state")
    return record
