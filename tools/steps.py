"""A set-up step: skipped when its stamp fits and a quick look confirms it, repaired otherwise,
one line with its time. The stamp is written last, so an interrupted step is done again."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time

from . import paths


class StepFailed(Exception):
    """A step that could not be done; its message says what to do."""


def told(work):
    """The exit status of `work()`; of a step that failed the reason is told."""
    try:
        return work()
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1


def key(*parts):
    """A short fingerprint of what a step was made from."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def step(name, fingerprint, confirmed, work):
    """Do `work()` unless it was done from the same `fingerprint` and `confirmed()` is true.
    `work` may return a word for the line printed."""
    stamp = paths.STAMPS / name
    started = time.monotonic()
    if stamp.exists() and stamp.read_text() == fingerprint and confirmed():
        return False
    stamp.unlink(missing_ok=True)
    word = work() or "done"
    paths.STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)
    report(name, word, time.monotonic() - started)
    return True


def report(name, word, seconds):
    """One line about a finished piece of work."""
    print(f"{name:<14}{word:<46}{seconds:7.1f} s", file=sys.stderr, flush=True)


def run(log_name, command, **options):
    """Run a command with its output in .dev/logs; on failure show the log's end and stop."""
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    log = paths.LOGS / f"{log_name}.log"
    with log.open("wb") as out:
        code = subprocess.run(
            [str(part) for part in command], stdout=out, stderr=subprocess.STDOUT, **options
        ).returncode
    if code:
        tail = log.read_text(errors="replace").splitlines()[-25:]
        print("\n".join(tail), file=sys.stderr)
        raise StepFailed(f"{log_name} failed ({code}). The whole log: {log}")
    return log


@contextlib.contextmanager
def lock(name="lock"):
    """One at a time is in the block, of all processes; by default it is who sets up."""
    paths.DEV.mkdir(exist_ok=True)
    with (paths.DEV / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install_system(name, packages):
    """Install Debian packages; says what to do where that is not possible."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = not prefix or (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    )
    if not allowed:
        raise StepFailed(
            f"{name} is needed and you are neither root nor allowed to use sudo. Ask for:"
            f" apt-get install {' '.join(packages)}"
        )
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(f"{name}-update", [*prefix, "apt-get", "update"], env=env)
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    run(f"{name}-install", [*prefix, *install], env=env)
