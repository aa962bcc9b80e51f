"""The Romanian of the addons' terms: what the check complains of, and what a merge keeps."""

import polib
import pytest

from tools import translations

CODE, VIEW = "code:addons/x/models/shop.py", "model_terms:ir.ui.view,arch_db:x.form"


def po(*entries, place=CODE, **more):
    """A file with (msgid, msgstr) pairs."""
    file = polib.POFile()
    for msgid, msgstr in entries:
        occurrences = [(place, "0")]
        file.append(polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=occurrences, **more))
    return file


TEMPLATE = po(("Orders", ""), ("Shop %(name)s", ""))
COMPLETE = (("Orders", "Comenzi"), ("Shop %(name)s", "Magazin %(name)s"))


def test_complete_translation_has_no_gaps():
    assert translations.gaps(TEMPLATE, po(*COMPLETE)) == []


def test_term_that_is_not_there_is_missing():
    assert translations.gaps(TEMPLATE, po(COMPLETE[0])) == ["missing: 'Shop %(name)s'"]


@pytest.mark.parametrize("nothing", ["", " ", "\n"])
def test_term_without_words_is_empty(nothing):
    assert translations.gaps(TEMPLATE, po(("Orders", nothing), COMPLETE[1])) == ["empty: 'Orders'"]


def test_guess_is_not_taken_for_a_translation():
    assert translations.gaps(TEMPLATE, po(*COMPLETE, flags=["fuzzy"])) == [
        "fuzzy: 'Orders'",
        "fuzzy: 'Shop %(name)s'",
    ]


def test_term_that_is_no_more_is_obsolete_marked_or_not():
    assert translations.gaps(TEMPLATE, po(*COMPLETE, ("Gone", "S-a dus"))) == ["obsolete: 'Gone'"]
    marked = po(*COMPLETE)
    marked.append(polib.POEntry(msgid="Gone", msgstr="S-a dus", obsolete=True))
    assert translations.gaps(TEMPLATE, marked) == ["obsolete: 'Gone'"]


def test_obsolete_translation_of_a_term_does_not_count_for_it():
    marked = po(COMPLETE[1])
    marked.append(polib.POEntry(msgid="Orders", msgstr="Comenzi", obsolete=True))
    assert "missing: 'Orders'" in translations.gaps(TEMPLATE, marked)


@pytest.mark.parametrize(
    ("english", "romanian"),
    [
        ("%(total).2f of %(shop)s", "%(shop)s: %(total).2f"),
        ("%s of %s", "%s din %s"),
        ("100%% of %s", "%s, 100%%"),
        ("21 % of it", "21 % din el"),
        ("It is", "Este 100 % așa"),
    ],
)
def test_same_placeholders(english, romanian):
    assert translations.gaps(po((english, "")), po((english, romanian))) == []


@pytest.mark.parametrize(
    ("english", "romanian"),
    [
        ("%(name)s", "%(nume)s"),
        ("%(name)s", "numele"),
        ("%(total).2f", "%(total)s"),
        ("%(a)s and %(b)s", "%(a)s și %(a)s"),
        ("%s of %d", "%d din %s"),
        ("%s", "%s și %s"),
        ("100%% of %s", "100% din %s"),
        ("nothing", "%s"),
    ],
)
def test_other_placeholders_are_told(english, romanian):
    (said,) = translations.gaps(po((english, "")), po((english, romanian)))
    assert said == f"other placeholders: {english!r}, {romanian!r}"


def test_only_in_code_something_is_filled_in_and_the_template_says_where_it_is():
    english, romanian = "A discount of 5%off", "Reducere de 5%"
    terms = po((english, ""), place=VIEW)
    assert translations.gaps(terms, po((english, romanian), place=VIEW)) == []
    assert translations.gaps(po((english, "")), po((english, romanian), place=VIEW))


def test_merge_keeps_what_is_said_adds_what_is_new_and_drops_what_is_gone():
    old = po(("Gone", "S-a dus"), ("Orders", "Comenzi"), place=VIEW, tcomment="as accountants say")
    result = translations.merged(TEMPLATE, old)
    assert [(entry.msgid, entry.msgstr) for entry in result] == [
        ("Orders", "Comenzi"),
        ("Shop %(name)s", ""),
    ]
    assert result[0].tcomment == "as accountants say"
    assert result[0].occurrences == [(CODE, "0")], "where a term stands is the template's to say"


def test_merge_of_a_merge_changes_nothing():
    once = translations.merged(TEMPLATE, po(*COMPLETE))
    assert str(translations.merged(TEMPLATE, once)) == str(once)
    assert translations.gaps(TEMPLATE, once) == []


def test_what_changes_with_each_export_is_left_out():
    template = po(("Orders", ""))
    template.metadata = {"Project-Id-Version": "x", "POT-Creation-Date": "now"}
    assert translations.undated(template).metadata == {"Project-Id-Version": "x"}


@pytest.fixture
def addon(root, monkeypatch):
    """An addon with two terms, its files not yet written."""
    monkeypatch.setattr(translations, "exported", lambda: {"x": TEMPLATE})
    return root / "x" / "i18n"


def test_translate_writes_files_that_the_check_finds_in_line(addon, capsys):
    (addon.parent).mkdir()
    assert translations.translate() == 0
    assert capsys.readouterr().out == "x: 2 terms, 2 to do\n"
    assert translations.check() == (
        "x/i18n/ro.po: empty: 'Orders'\nx/i18n/ro.po: empty: 'Shop %(name)s'"
    )
    (addon / "ro.po").write_text(str(po(*COMPLETE)))
    assert translations.translate() == 0
    assert translations.check() == ""


def test_check_tells_that_the_template_is_old(addon):
    addon.mkdir(parents=True)
    (addon / "ro.po").write_text(str(po(*COMPLETE)))
    assert translations.check() == "x/i18n/x.pot: is not what ./dev translate writes now"
    (addon / "x.pot").write_text(str(po(("Orders", ""))))
    assert translations.check() == "x/i18n/x.pot: is not what ./dev translate writes now"
