"""Databases, each a copy of the one before with more in it: a base with everything we depend on,
what the addon is built on, the addon (the template), the glue addons.

The base is kept as long as Odoo and the pins are the same; the others as long as the addons'
files are. A copy takes a second or two."""

import os
import subprocess
import time

from . import cups_packages, odoo, paths, postgres, venv
from .steps import StepFailed, key, lock, report, run

DEPENDS = (
    "sale_management,sale_stock,purchase_stock,stock_delivery,account,sms,phone_validation,"
    "queue_job,l10n_ro"
)
LANGUAGES = "en_US,ro_RO"
# The styles of printed documents: each server would make them for its first one.
PRINTED = """
for bundle in ("web.report_assets_common", "web.report_assets_pdf"):
    env["ir.qweb"]._get_asset_bundle(bundle, js=False, autoprefix=True).css()
env.cr.commit()
"""
DRESS = """
for bundle in ("web.assets_web", "web.assets_frontend_minimal", "web.assets_frontend_lazy"):
    env["ir.qweb"]._get_asset_bundle(bundle, css=False, js=True).js()
for bundle in ("web.assets_web", "web.assets_web_print", "web.assets_frontend"):
    env["ir.qweb"]._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()
"""
UNWANTED = {"PYTHONDONTWRITEBYTECODE"}
IGNORED = {"tests", "__pycache__", "readme"}


def base():
    """Name of the database with Odoo, a Romanian company, and no addon of ours."""
    company = (paths.ROOT / "tools" / "company.py").read_text()
    fingerprint = key(odoo.version(), DEPENDS, LANGUAGES, company, venv.REQUIREMENTS.read_text())
    return _ensure("base", fingerprint, _make_base)


def lower():
    """Name of the database with what the addon is built on, and without the addon."""
    below = base()
    return _ensure("lower", key(below, _source_key(paths.BELOW)), _copy_of(below, paths.BELOW))


def template():
    """Name of the database that also has the addon installed."""
    below = lower()
    bare = _copy_of(below, (paths.ADDON,))

    def make(name):
        bare(name)
        script(name, PRINTED)

    return _ensure("template", key(below, _source_key((paths.ADDON,)), PRINTED), make)


def glued():
    """Name of the database that has the glue addons too, and what they join the addon to."""
    below, glue = template(), cups_packages.available(paths.GLUE)
    return _ensure("glued", key(below, _source_key(glue)), _copy_of(below, glue))


def dressed():
    """Name of the database with all addons and the scripts and styles made that its pages ask for:
    a browser would have them made in each copy."""
    source = glued()

    def make(name):
        fresh(name, source)
        script(name, DRESS)

    return _ensure("dressed", key(source, DRESS), make)


def fresh(name, source=None, lasting=False):
    """Make `name` anew from the template, or from another database."""
    source = source or template()
    postgres.drop(name)
    postgres.copy(source, name, lasting)
    postgres.set_remark(name, source)


def outdated(name):
    """Whether a database was made from another state of the addons."""
    return not postgres.remark(name).startswith(_source(name))


def has_all(name):
    """Whether a database has the glue addons too."""
    return postgres.remark(name).startswith("glued")


def upgrade(name):
    """Bring an older database to the addons as they are; its data stays."""
    started = time.monotonic()
    install(name, "-u", ",".join(paths.ADDONS))
    _old, _space, rest = postgres.remark(name).partition(" ")
    postgres.set_remark(name, " ".join(filter(None, [_source(name), rest])))
    report(name, "upgraded to the addons as they are", time.monotonic() - started)


def _source(name):
    """What a database like this one is copied from today."""
    return glued() if has_all(name) else template()


def exists(name):
    return name in postgres.databases()


def odoo_command(*arguments):
    """The command line of Odoo with this project's configuration."""
    script = "import sys; from odoo.cli.command import main; sys.argv[0] = 'odoo'; main()"
    return [str(paths.PYTHON), "-W", "ignore", "-c", script, *arguments, "-c", str(paths.CONFIG)]


def shell_command(name, level="error"):
    """The command line of Odoo's shell, which reads Python from standard input."""
    return odoo_command("shell", "-d", name, *script_options(level))


def script_options(level):
    # A library that Odoo imports tells at each start that it is old.
    return ["--no-http", "--log-handler=py.warnings:CRITICAL", f"--log-level={level}"]


def environment():
    """Of all programs that are started. What Python compiles it keeps, for half of a start is
    compiling Odoo, and not in the folders of the sources."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    cache = {"PYTHONPYCACHEPREFIX": str(paths.DEV / "pycache")}
    return {**kept, **postgres.environment(), **cache, "PYTHONWARNINGS": "ignore"}


def write_config():
    addons = [*paths.odoo_addons(), paths.ROOT]
    paths.CONFIG.write_text(
        "[options]\n"
        f"db_host = {paths.SOCKETS}\n"
        "db_port = 5432\n"
        f"db_user = {postgres.USER}\n"
        f"addons_path = {','.join(map(str, addons))}\n"
        f"data_dir = {paths.DEV / 'data'}\n"
        "list_db = False\n"
        "http_interface = 127.0.0.1\n"
        "limit_time_real = 600\n"
        "\n[queue_job]\n"
        "channels = root:2,root.merchantpro:2,root.merchantpro.push:1,"
        "root.merchantpro.images:1\n"
    )


def install(name, *arguments):
    """Run Odoo once on a database and return its log's path."""
    return run(
        f"odoo-{name}",
        odoo_command("server", "-d", name, "--stop-after-init", "--no-http", *arguments),
        env=environment(),
    )


def script(name, code):
    """Run Python inside Odoo, `env` at hand; raises StepFailed with the end of its output."""
    result = subprocess.run(
        shell_command(name),
        input=code.encode(),
        env=environment(),
        capture_output=True,
    )
    if result.returncode:
        raise StepFailed(result.stderr.decode(errors="replace")[-3000:])
    return result.stdout.decode()


def set_address(name, port):
    """Where the pages of documents find their styles and pictures: Odoo's own address."""
    base = f"http://127.0.0.1:{port}"
    script(
        name, f"env['ir.config_parameter'].set_param('web.base.url', {base!r})\nenv.cr.commit()\n"
    )


def _ensure(kind, fingerprint, make):
    name = f"{kind}_{fingerprint}"
    # Parts of the tests that run beside each other want the same.
    with lock(f"{kind}.lock"):
        if name not in (present := postgres.databases()):
            _make_anew(kind, name, present, make)
    return name


def _make_anew(kind, name, present, make):
    started = time.monotonic()
    for old in present:
        if old.startswith(f"{kind}_"):
            postgres.drop(old)
    # Under another name until it is whole, so that an interrupted one is never taken.
    make(f"making_{kind}")
    postgres.query("postgres", f'ALTER DATABASE "making_{kind}" RENAME TO "{name}"')
    report(kind, "database made", time.monotonic() - started)


def _make_base(name):
    postgres.drop(name)
    postgres.client("createdb", name)
    # English first: the names of warehouses and the like are made in the first language.
    install(name, "-i", DEPENDS, f"--load-language={LANGUAGES}", "--without-demo=True")
    script(name, "from tools.company import set_up\nset_up(env)\n")


def _copy_of(below, addons):
    """A function that makes a copy of a database with more addons."""

    def make(name):
        postgres.drop(name)
        postgres.copy(below, name)
        install(name, "-i", ",".join(addons))

    return make


def _source_key(addons=(paths.ADDON,)):
    parts = []
    for addon in addons:
        for path in sorted((paths.ROOT / addon).rglob("*")):
            if path.is_file() and not IGNORED & set(path.parts) and path.suffix != ".pyc":
                parts.append(f"{path.relative_to(paths.ROOT)}\n{key(path.read_bytes())}")
    return key(*parts)
