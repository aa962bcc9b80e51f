"""What the demonstration's orders meet outside Odoo and the shop: the courier, the customers'
mailbox, the printer. Each is a server of its own that `./dev stop` ends."""

import shutil

from . import cups, paths, processes

FOLDER = paths.DEV / "demo"
NAMES = ("courier", "mailbox")
USER, PASSWORD = "demo", "demo"


def start(suffix=""):
    """{"courier", "mailbox": addresses of pages, "smtp": port, "printer": address of CUPS}.
    With a suffix they are others than those of the open demonstration, and begin empty."""
    folder = FOLDER.with_name(f"demo{suffix}")
    if suffix:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    courier = processes.running(f"courier{suffix}") or _start_courier(suffix, folder)
    mailbox = processes.running(f"mailbox{suffix}") or _start_mailbox(suffix, folder)
    return {
        "courier": f"http://127.0.0.1:{courier['port']}",
        "mailbox": f"http://127.0.0.1:{mailbox['port']}",
        "smtp": mailbox["smtp"],
        "printer": cups.start(folder / "cups"),
    }


def stop(suffix=""):
    """Those that ran, as names."""
    stopped = [name for name in NAMES if processes.stop(f"{name}{suffix}")]
    if cups.stop(FOLDER.with_name(f"demo{suffix}") / "cups"):
        stopped.append("printer")
    return stopped


def _start_courier(suffix, folder):
    port = processes.free_port(0 if suffix else 8071)
    command = [str(paths.PYTHON), "-m", "sameday_simulator", "--port", str(port)]
    command += ["--username", USER, "--password", PASSWORD, "--db", str(folder / "courier.sqlite")]
    record = processes.start(f"courier{suffix}", command, port=port)
    processes.wait_for(f"http://127.0.0.1:{port}/")
    return record


def _start_mailbox(suffix, folder):
    smtp, port = (processes.free_port(0 if suffix else wanted) for wanted in (8025, 8026))
    command = [str(paths.PYTHON), "-m", "tools.mailbox", "--folder", str(folder / "mail")]
    command += ["--smtp-port", str(smtp), "--port", str(port)]
    record = processes.start(f"mailbox{suffix}", command, port=port, smtp=smtp)
    processes.wait_for(f"http://127.0.0.1:{port}/")
    return record
