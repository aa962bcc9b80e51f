"""A process inside Odoo for each piece of code, and a server, forked from one that has Odoo
loaded."""

import functools
import json
import os
import pathlib
import select
import socket
import subprocess
import tempfile
import time

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


class _Forked:
    """What was asked for, and what is told of it."""

    def __init__(self, db, source, streams, **wanted):
        """`db` is a copy of `source`."""
        self._told, telling = os.pipe()
        wanted = json.dumps({"db": db, "source": source, **wanted})
        descriptors = [each.fileno() for each in streams]
        socket.send_fds(_warm(), [wanted.encode()], [*descriptors, telling])
        os.close(telling)
        self.pid = int(self._hear(60))

    def _hear(self, seconds):
        """A line of what the process's parent tells."""
        line, deadline = b"", time.monotonic() + seconds
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if not select.select([self._told], [], [], max(left, 0))[0]:
                raise TimeoutError(f"The process is not done after {seconds} s.")
            heard = os.read(self._told, 1)
            assert heard, "The process could not be started."
            line += heard
        return line


class Server(_Forked):
    """Odoo at a port, with crons and the job runner, until it is killed."""

    def __init__(self, db, source, port, log):
        with open(os.devnull) as nothing, log.open("ab") as file:
            super().__init__(db, source, [nothing, file, file], port=port)
        os.close(self._told)


class Worker(_Forked):
    """Runs Python inside Odoo, `env` at hand, on one database."""

    def __init__(self, db, source, code):
        # Closed with the worker.
        self._out = tempfile.TemporaryFile()  # noqa: SIM115
        self._err = tempfile.TemporaryFile()  # noqa: SIM115
        with tempfile.TemporaryFile() as file:
            file.write(code.encode())
            file.seek(0)
            super().__init__(db, source, [file, self._out, self._err])

    def finish(self, seconds=120):
        """What it wrote to its output and to its log; it must have ended well."""
        try:
            status = int(self._hear(seconds))
        except TimeoutError:
            self.kill()
            raise
        os.close(self._told)
        out, err = (self._content(each) for each in (self._out, self._err))
        assert status == 0, f"{status}\n{out}\n{err}"
        return out, err

    def kill(self):
        """As a power cut would; it is gone afterwards."""
        os.kill(self.pid, 9)
        self._hear(10)
        os.close(self._told)

    def _content(self, file):
        with file:
            file.seek(0)
            return file.read().decode(errors="replace")
