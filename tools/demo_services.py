"""What the demonstration's orders meet outside Odoo and the shop: the courier, the customers'
mailbox, the printer. Each is a server of its own that `./dev stop` ends."""

import shutil

from . import cups, cups_packages, paths, processes

FOLDER = paths.DEV / "demo"
NAMES = ("courier", "mailbox", "printer")
USER, PASSWORD = "demo", "demo"
QUEUES = ("PICKINGS", "LABELS")


def start(suffix=""):
    """Where they are: addresses of the pages of "courier" and "mailbox", the ports "smtp" and
    "printer" (None on a machine that cannot have CUPS), the folder of the printed "papers". With a
    suffix they are others than those of the open demonstration, and begin empty."""
    folder = FOLDER.with_name(f"demo{suffix}")
    if suffix:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    courier = processes.running(f"courier{suffix}") or _start_courier(suffix, folder)
    mailbox = processes.running(f"mailbox{suffix}") or _start_mailbox(suffix, folder)
    printer = processes.running(f"printer{suffix}") or _start_printer(suffix)
    return {
        "courier": f"http://127.0.0.1:{courier['port']}",
        "mailbox": f"http://127.0.0.1:{mailbox['port']}",
        "smtp": mailbox["smtp"],
        "printer": printer and printer["port"],
        "papers": printer and f"{printer['folder']}/spool",
    }


def stop(suffix=""):
    """End them; the names of those that ran."""
    return [name for name in NAMES if processes.stop(f"{name}{suffix}")]


def forget():
    """End those of the open demonstration, and forget what they were told."""
    stop()
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.rmtree(paths.DEV / "printer", ignore_errors=True)


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


def _start_printer(suffix):
    """None where there is no CUPS."""
    if not cups_packages.ensure():
        return None
    name, folder = f"printer{suffix}", paths.DEV / f"printer{suffix}"
    if not suffix and (folder / "spool").exists():
        return cups.start_again(name, processes.free_port())
    return cups.start(name, QUEUES)
