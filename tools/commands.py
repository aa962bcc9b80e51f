"""The commands of ./dev."""

import argparse
import os
import subprocess

from . import (
    database,
    demo,
    demo_services,
    odoo,
    paths,
    postgres,
    processes,
    steps,
    system,
    testing,
    venv,
)


def main(arguments):
    parser = argparse.ArgumentParser(prog="./dev", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    each = commands.add_parser("demo", help="a shop and an Odoo that sells for it")
    each.add_argument("--once", action="store_true", help="print the figures as JSON and exit")
    each = commands.add_parser("test", help="run the tests; arguments go to pytest")
    each = commands.add_parser("shell", help="run Python from standard input inside Odoo")
    each.add_argument("-d", "--database", default=demo.DATABASE)
    each.add_argument("--new", action="store_true", help="make the database afresh")
    each = commands.add_parser("serve", help="Odoo in the foreground")
    each.add_argument("-d", "--database", default=demo.DATABASE)
    each.add_argument("--port", type=int, default=8069)
    commands.add_parser("lint", help="check the style, install, upgrade and uninstall")
    commands.add_parser("translate", help="bring the translations in line with the terms")
    each = commands.add_parser("bench", help="run a benchmark")
    each.add_argument("name", nargs="?", default="")
    commands.add_parser("screenshots", help="take the pictures in docs/images anew")
    commands.add_parser("stop", help="end what demo started")
    options, options.arguments = parser.parse_known_args(arguments)
    if options.arguments and options.command != "test":
        parser.error(f"unknown: {' '.join(options.arguments)}")
    if options.command == "stop":
        return steps.told(stop)
    return steps.told(lambda: _set_up_and_run(options))


def _set_up_and_run(options):
    set_up(options.command)
    return COMMANDS[options.command](options)


def set_up(command):
    """Everything the other commands need, under .dev/."""
    with steps.lock():
        odoo.ensure()
        venv.ensure()
        if postgres.ensure() and command == "demo":
            processes.claim_server()
        system.pdf_renderer()
        database.write_config()
        database.template()


def stop():
    """End the demonstration's servers; the database server only if the demonstration started it
    and nobody else uses it by now."""
    servers = [name for name in ("odoo", "odoo-at-work", "shop") if processes.stop(name)]
    for name in [*servers, *demo_services.stop()]:
        print(f"{name} stopped")
    if processes.release_server():
        print("postgresql stopped")
    return 0


def shell(options):
    _ensure_database(options.database, options.new)
    command = database.shell_command(options.database, "warn")
    return subprocess.run(command, env=database.environment()).returncode


def serve(options):
    _ensure_database(options.database)
    command = database.odoo_command(
        "server", *processes.server_options(options.database, options.port)
    )
    os.execve(command[0], command, database.environment())


def screenshots(_options):
    system.browser()
    return demo.demo(once=False) or _in_venv("screenshots", "take()")


def _ensure_database(name, new=False):
    if new or not database.exists(name):
        database.fresh(name, lasting=True)
    elif database.outdated(name):
        database.upgrade(name)


def _in_venv(module, call):
    """Run a part of the tools that needs installed packages with the environment's Python."""
    code = (
        f"import sys; from tools import steps, {module}\n"
        f"sys.exit(steps.told(lambda: {module}.{call}))"
    )
    return subprocess.run(
        [str(paths.PYTHON), "-c", code], cwd=paths.ROOT, env=database.environment()
    ).returncode


COMMANDS = {
    "demo": lambda options: demo.demo(options.once),
    "test": lambda options: testing.test(options.arguments),
    "shell": shell,
    "serve": serve,
    "lint": lambda options: _in_venv("lint", "lint()"),
    "translate": lambda options: _in_venv("translations", "translate()"),
    "screenshots": screenshots,
    "bench": lambda options: _in_venv("bench", f"bench({options.name!r})"),
}
