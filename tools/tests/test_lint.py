"""The checks that are our own: XML files and Odoo's log."""

import pytest

from tools import lint


@pytest.fixture
def problems(tmp_path):
    def problems(text):
        file = tmp_path / "view.xml"
        file.write_text(text)
        return lint.xml_problems(file)

    return problems


def test_clean_file_has_none(problems):
    assert (
        problems('<?xml version="1.0"?>\n<odoo>\n    <data>\n        ț\n    </data>\n</odoo>\n')
        == []
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  <data/>", "2: indented by 2"),
        ("\t<data/>", "2: a tab, or blanks at the end"),
        ("    <data/> ", "2: a tab, or blanks at the end"),
        ("    ", "2: a tab, or blanks at the end"),
        (f'    <data name="{"x" * 120}"/>', "2: 139 characters"),
    ],
)
def test_each_problem_is_told_with_its_line(problems, line, said):
    assert problems(f"<odoo>\n{line}\n</odoo>\n") == [said]


def test_file_that_is_not_well_formed_is_told_where(problems):
    (said,) = problems("<odoo>\n    <data>\n</odoo>\n")
    assert said.startswith("3: ") and "data" in said


def test_all_problems_of_a_file_are_told(problems):
    assert len(problems("<odoo>\n  <a/>\n   <b/>\n</odoo>\n")) == 2


def test_problems_are_told_with_their_file(root):
    addon = root / lint.paths.ADDON / "views"
    addon.mkdir(parents=True)
    (addon / "good.xml").write_text("<odoo/>\n")
    (addon / "bad.xml").write_text("<odoo>\n  <a/>\n</odoo>\n")
    assert lint.check_xml() == "cloudsales_merchantpro/views/bad.xml:2: indented by 2"


def test_warnings_and_errors_in_a_log_of_odoo_are_complaints(tmp_path):
    log = tmp_path / "odoo.log"
    log.write_text(
        "2026-01-01 10:00:00,000 1 INFO db odoo.modules: fine\n"
        "2026-01-01 10:00:00,000 1 WARNING db odoo.fields: not fine\n"
        "2026-01-01 10:00:00,000 1 ERROR db odoo.models: worse\n"
        "2026-01-01 10:00:00,000 1 WARNING db odoo.tools: unaccent is not there\n"
    )
    found = lint._complaints("install", log)
    assert [line.rpartition(": ")[2] for line in found] == ["not fine", "worse"]
    assert all(line.startswith("install: ") for line in found)
