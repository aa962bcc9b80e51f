"""A process inside Odoo for each piece of code, forked from one that has Odoo loaded."""

import functools
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
    options = ["-c", str(paths.CONFIG), *database.script_options("error")]
    subprocess.Popen([*command, *options], env=database.environment(), pass_fds=[theirs.fileno()])
    theirs.close()
    return ours


class Worker:
    """Runs Python inside Odoo, `env` at hand, on one database."""

    def __init__(self, db, code):
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self._told, telling = os.pipe()
        with tempfile.TemporaryFile() as file:
            file.write(code.encode())
            file.seek(0)
            streams = [each.fileno() for each in (file, self._out, self._err)]
            socket.send_fds(_warm(), [db.encode()], [*streams, telling])
        os.close(telling)
        self.pid = int(self._hear(60))

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

    def _content(self, file):
        with file:
            file.seek(0)
            return file.read().decode(errors="replace")
