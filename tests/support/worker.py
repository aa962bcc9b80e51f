"""Odoo in processes that are forked from one that has it loaded: workers and servers."""

import collections
import contextlib
import functools
import json
import multiprocessing
import os
import socket
import tempfile

from tools import testing


@functools.cache
def _warm():
    """Where to ask for a process: those who run the tests together ask the same."""
    inherited = os.environ.get("WARM")
    return socket.socket(fileno=int(inherited)) if inherited else testing.warm()


def _fork(source, asked, log, **wanted):
    """The number of a process that has the models of `source`, its input, and its log."""
    answer, telling = os.pipe()
    descriptors = [asked.fileno(), log.fileno(), telling]
    socket.send_fds(_warm(), [json.dumps({"source": source, **wanted}).encode()], descriptors)
    os.close(telling)
    with open(answer) as told:
        return int(told.read())


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
