"""Databases that need not outlast the machine, in its memory: to copy one is to make five thousand
files, and there that takes a tenth of the work it takes on a disk.

They lie in a tablespace of the cluster. When its folder is gone, as after a restart of the machine,
so are they, and all is as before the first of them. Without room everything is on the disk."""

import os
import pathlib
import shutil

from . import paths, postgres

SPACE = "memory"
ROOT = pathlib.Path("/dev/shm")
# Bytes that must be free to begin, and for each copy.
ENOUGH, COPY = 2 << 30, 400 << 20


def ensure():
    """The tablespace is there if the machine has the room."""
    if _exists():
        if _whole().exists():
            return
        _forget()
    if _free() >= ENOUGH:
        shutil.rmtree(_folder(), ignore_errors=True)
        postgres.folder(_folder())
        postgres.query("postgres", f"CREATE TABLESPACE {SPACE} LOCATION '{_folder()}'")
        _whole().touch()


def heal():
    """Before the server starts: without the folder it could not go through its log again. What
    that leaves there is not whole."""
    for link in (postgres.data() / "pg_tblspc").glob("*"):
        if not link.exists():
            postgres.folder(pathlib.Path(os.readlink(link)))


def options():
    """What `createdb` is told to make a database there, if it can be."""
    return ["-D", SPACE] if _exists() and _free() >= COPY else []


def _folder():
    return ROOT / f"cloudsales-{paths.CLONE}"


def _whole():
    """There as long as nothing of the folder is lost."""
    return _folder() / "whole"


def _free():
    return shutil.disk_usage(ROOT).free if ROOT.is_dir() else 0


def _exists():
    """Asked for each copy, so without asking the server; the cluster has no other tablespace."""
    return any((postgres.data() / "pg_tblspc").iterdir())


def _forget():
    """The databases whose files are gone, and their tablespace."""
    lost = (
        "SELECT datname FROM pg_database JOIN pg_tablespace t ON t.oid = dattablespace"
        f" WHERE spcname = '{SPACE}'"
    )
    for name in postgres.query("postgres", lost).split():
        postgres.drop(name)
    postgres.query("postgres", f"DROP TABLESPACE {SPACE}")
