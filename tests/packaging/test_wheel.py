"""What is in a wheel, and what it says of itself."""

import pytest
from clones import ADDONS, Clone, Wheel

from tools import paths

ADDON = f"odoo/addons/{paths.ADDON}"


def manifest(addon):
    return paths.MANIFESTS[addon]


@pytest.mark.parametrize("addon", ADDONS)
def test_every_file_of_the_addon_is_in_its_wheel_as_it_is(built, addon):
    files = {path for path in (built.folder / addon).rglob("*") if path.is_file()}
    # It says how to build; nothing reads it later.
    files.remove(built.folder / addon / "pyproject.toml")
    assert built.wheel(addon).files() == {
        f"odoo/addons/{path.relative_to(built.folder).as_posix()}": path.read_bytes()
        for path in files
    }


@pytest.mark.parametrize("addon", ADDONS)
def test_all_that_the_manifest_names_is_in_the_wheel(built, addon):
    named = {*manifest(addon).get("data", []), *manifest(addon).get("demo", [])}
    assert {f"odoo/addons/{addon}/{name}" for name in named} <= set(built.wheel(addon).files())


@pytest.mark.parametrize(
    "name",
    [
        "data/neutralize.sql",
        "security/ir.model.access.csv",
        "static/description/icon.png",
        "views/merchantpro_shop_views.xml",
        "README.rst",
    ],
)
def test_files_that_are_not_python_are_in_the_wheel(built, name):
    assert f"{ADDON}/{name}" in built.wheel(paths.ADDON).files()


@pytest.mark.parametrize("addon", ADDONS)
def test_name_and_version_are_those_of_the_manifest(built, addon):
    metadata = built.wheel(addon).metadata()
    assert metadata["Name"] == f"odoo-addon-{addon}"
    assert metadata["Version"] == manifest(addon)["version"]
    assert metadata["License"] == manifest(addon)["license"]
    assert "odoo==19.0.*" in metadata.get_all("Requires-Dist")


ODOO, QUEUE = "odoo==19.0.*", "odoo-addon-queue_job==19.0.*"
WAYBILLS = "odoo-addon-delivery_awb==19.0.*"


@pytest.mark.parametrize(
    ("addon", "asked"),
    [
        (paths.ADDON, {"Pillow", WAYBILLS, QUEUE, ODOO, "phonenumbers", "requests"}),
        ("cloudsales_merchantpro_mrp", {"odoo-addon-cloudsales_merchantpro==19.0.*", ODOO}),
        ("delivery_awb", {QUEUE, ODOO}),
        ("delivery_awb_sameday", {WAYBILLS, ODOO, "requests"}),
    ],
)
def test_addon_asks_for_what_it_needs_and_no_more(built, addon, asked):
    metadata = built.wheel(addon).metadata()
    assert set(metadata.get_all("Requires-Dist")) == asked


def test_wheels_that_the_readme_names_need_no_other_of_ours(built):
    lines = (paths.ROOT / "README.rst").read_text().splitlines()
    (patterns,) = [line.split()[2:] for line in lines if line.strip().startswith("pip install ")]
    named = [Wheel(path).metadata() for each in patterns for path in built.folder.glob(each)]
    assert len(named) == len(patterns)
    asked = {each.partition("==")[0] for wheel in named for each in wheel.get_all("Requires-Dist")}
    ours = {f"odoo-addon-{addon}" for addon in ADDONS}
    assert asked & ours <= {wheel["Name"] for wheel in named}
    assert asked & ours


@pytest.mark.parametrize("addon", ADDONS)
def test_licence_is_the_repositorys_and_the_text_the_readme(built, addon):
    metadata = built.wheel(addon).metadata()
    # AGPL addons of others are joined by one addon of their licence.
    joins_agpl = any("report_to_printer" in name for name in manifest(addon)["depends"])
    assert metadata["License"] == ("AGPL-3" if joins_agpl else "LGPL-3")
    assert metadata.get_payload().strip() == (paths.ROOT / addon / "README.rst").read_text().strip()


# Where it is built


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A clone built with work in it that is not committed, and what the script said."""
    clone = Clone(tmp_path_factory.mktemp("changed") / "clone", [paths.ADDON])
    clone.commit()
    addon = clone.folder / paths.ADDON
    (addon / "README.rst").write_text("Changed\n")
    (addon / "i18n").mkdir(exist_ok=True)
    (addon / "i18n" / "xx.po").write_text('msgid ""\nmsgstr ""\n')
    clone.git("add", paths.ADDON + "/i18n")
    (addon / "data" / "new.xml").write_text("<odoo/>\n")
    return clone, clone.build()


def test_work_that_is_not_committed_is_in_the_wheel_and_in_its_version(changed):
    clone, _said = changed
    wheel = clone.wheel(paths.ADDON)
    assert wheel.version == f"{manifest(paths.ADDON)['version']}.1"
    assert wheel.read(f"{ADDON}/README.rst") == "Changed\n"
    assert f"{ADDON}/i18n/xx.po" in wheel.files()


def test_file_that_git_does_not_know_is_left_out_and_told(changed):
    clone, said = changed
    assert f"Not in git, so not in the wheel: {paths.ADDON}/data/new.xml" in said
    assert f"{ADDON}/data/new.xml" not in clone.wheel(paths.ADDON).files()


def test_archive_without_git_makes_the_same_wheel(tmp_path, built):
    archive = Clone(tmp_path / "clone", [paths.ADDON])
    assert "Not in git" not in archive.build()
    one, other = archive.wheel(paths.ADDON), built.wheel(paths.ADDON)
    assert (one.path.name, one.files()) == (other.path.name, other.files())


def test_building_leaves_nothing_in_the_addons(built):
    assert built.git("status", "--porcelain", "--ignored", "--", *ADDONS) == ""
