"""A print server of our own: a private CUPS that keeps, to the byte, what it is sent.

`start` and `start_again` give its record (port, folder); `processes.stop(name)` ends it and keeps
what it was sent, `remove` does not."""

import grp
import os
import pwd
import shutil
import time

from . import paths, processes
from .cups_packages import TREE, libraries

CUPSD_CONF = """\
Listen 127.0.0.1:{port}
DefaultAuthType None
WebInterface No
Browsing No
PreserveJobHistory Yes
PreserveJobFiles Yes
MaxJobs 0
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
FILES_CONF = """\
FileDevice Yes
User {user}
Group {group}
ServerRoot {folder}/root
ServerBin {tree}/usr/lib/cups
DataDir {tree}/usr/share/cups
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
Printcap
"""
# Whatever arrives is done with: its bytes stay in the spool.
PRINTER = """\
<Printer {name}>
Info {name}
DeviceURI file:/dev/null
State Idle
Accepting Yes
</Printer>
"""


def start(name="printer", queues=("LABELS",)):
    """Start a print server with these queues, its files under .dev/<name>; its record has the
    port and the folder."""
    folder = paths.DEV / name
    shutil.rmtree(folder, ignore_errors=True)
    for each in ("root", "spool", "cache", "state"):
        (folder / each).mkdir(parents=True)
    (folder / "root" / "printers.conf").write_text(
        "".join(PRINTER.format(name=each) for each in queues)
    )
    return start_again(name, processes.free_port())


def start_again(name, port):
    """With what it had before, at this port."""
    folder = paths.DEV / name
    facts = {"folder": folder, "tree": TREE, "port": port, **_unprivileged()}
    (folder / "root" / "cupsd.conf").write_text(CUPSD_CONF.format(**facts))
    (folder / "root" / "cups-files.conf").write_text(FILES_CONF.format(**facts))
    command = [TREE / "usr" / "sbin" / "cupsd", "-f"]
    command += ["-c", folder / "root" / "cupsd.conf", "-s", folder / "root" / "cups-files.conf"]
    env = {**os.environ, "LD_LIBRARY_PATH": str(libraries())}
    record = processes.start(
        name, [str(part) for part in command], env, port=port, folder=str(folder)
    )
    processes.wait_for(f"http://127.0.0.1:{port}/printers", 20)
    return record


def remove(name):
    """End a print server that nobody needs again."""
    processes.stop(name)
    shutil.rmtree(paths.DEV / name, ignore_errors=True)


def _unprivileged():
    """CUPS refuses to work as root, and as another user than the one who starts it otherwise."""
    user = pwd.getpwnam("lp") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return {"user": user.pw_name, "group": grp.getgrgid(user.pw_gid).gr_name}


def documents(name="printer"):
    """What the print server was sent, oldest first: the bytes of each document."""
    spool = paths.DEV / name / "spool"
    return [path.read_bytes() for path in sorted(spool.glob("d*"))]


def wait_for_documents(count, name="printer", seconds=30):
    """The same, as soon as there are so many."""
    deadline = time.monotonic() + seconds
    while len(found := documents(name)) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    return found
