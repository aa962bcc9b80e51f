"""Odoo in processes that are forked from one that has it loaded: workers and servers."""

import collections
import contextlib
import functools
import json
import multiprocessing
import os
import pathlib
import socket
import subprocess
import tempfile

from tools import database, paths


@functools.cache
def _warm():
    """Where to ask for a process. The program that is asked ends with the tests."""
    ours, theirs = socket.socketpair()
    program = pathlib.Path(__file__).with_name("warm.py")
    command = [str(paths.PYTHON), "-W", "ignore", str(program), str(theirs.fileno())]
    options = ["-c", str(paths.CONFIG), "--load=web,queue_job", *database.script_options("error")]
    subprocess.Popen([*command, *options], env=database.environment(), pass_fds=[theirs.fileno()])
    theirs.close()
    return ours


def _fork(source, asked, log, **wanted):
    """The number of a process that has the models of `source`, its input, and its log."""
    descriptors = [asked.fileno(), log.fileno()]
    socket.send_fds(_warm(), [json.dumps({"source": source, **wanted}).encode()], descriptors)
    return int(_warm().recv(16))


def serve(db, source, port, log):
    """Start Odoo at a port, with crons and the job runner, for a copy of `source`; returns the
    number of its process."""
    with open(os.devnull) as nothing, log.open("ab") as file:
        return _fork(source, nothing, file, db=db, port=port)


class Worker:
    """Runs Python inside Odoo, `env` at hand, one piece after the other. Who is done with one
    waits for the next, on any copy of the same database."""

    _idle = collections.defaultdict(list)

    def __init__(self, source):
        self._source = source
        # Closed with the worker.
        self._log = tempfile.TemporaryFile("a+b")  # noqa: SIM115
        self._pieces, theirs = multiprocessing.Pipe()
        with theirs:
            self._pid = _fork(source, theirs, self._log)

    @classmethod
    def start(cls, db, source, code):
        idle = cls._idle[source]
        worker = idle.pop() if idle else cls(source)
        worker._pieces.send((db, code))
        return worker

    def finish(self, seconds=120):
        """What it printed, and its log; it must have ended well."""
        if not self._pieces.poll(seconds):
            self.kill()
            raise TimeoutError(f"The worker is not done after {seconds} s.")
        out, problem = self._pieces.recv()
        self._log.seek(0)
        log = self._log.read().decode(errors="replace")
        assert not problem, f"{problem}\n{out}\n{log}"
        self._log.truncate(0)
        self._idle[self._source].append(self)
        return out, log

    def kill(self):
        """As a power cut would; it is gone afterwards."""
        os.kill(self._pid, 9)
        with contextlib.suppress(EOFError, ConnectionResetError):
            while True:
                self._pieces.recv()
