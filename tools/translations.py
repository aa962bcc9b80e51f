"""The addons' terms and their Romanian: `./dev translate` writes i18n/ADDON.pot and merges it
into i18n/ro.po; the check of `./dev lint` tells what that would change, and what is not said.

Odoo itself finds the terms, in a copy of the template database."""

import re
from collections import Counter

import polib

from . import database, paths, postgres

LANGUAGE = "ro"
DATES = ("POT-Creation-Date", "PO-Revision-Date")  # they would change with each export
HEADER = {
    "Language": LANGUAGE,
    "Plural-Forms": "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;",
}
# As in %s, %(name)s and %(total).2f; of two per cent signs nothing is left to fill in.
PLACEHOLDER = re.compile(r"%(?:\([^)]*\))?[-#0+]*\d*(?:\.\d+)?[a-zA-Z%]")
EXPORT = """
import pathlib
from odoo.tools.translate import trans_export
for addon in {addons!r}:
    with (pathlib.Path({folder!r}) / (addon + ".pot")).open("wb") as file:
        trans_export(None, [addon], file, "po", env)
"""


def translate():
    """Bring the files of all addons in line with their terms; returns 0."""
    for addon, template in exported().items():
        pot, po = files(addon)
        pot.parent.mkdir(exist_ok=True)
        pot.write_text(str(template))
        translated = merged(template, read(po))
        po.write_text(str(translated))
        print(f"{addon}: {len(template)} terms, {len(translated.untranslated_entries())} to do")
    return 0


def check():
    """What keeps the Romanian from being complete, a line each; "" when nothing does."""
    problems = []
    for addon, template in exported().items():
        pot, po = files(addon)
        if not pot.exists() or pot.read_text() != str(template):
            problems.append(f"{shown(pot)}: is not what ./dev translate writes now")
        problems += [f"{shown(po)}: {each}" for each in gaps(template, read(po))]
    return "\n".join(problems)


def gaps(template, translated):
    """What is missing or wrong in a translation (two polib files), in words."""
    said = {entry.msgid for entry in translated if not entry.obsolete}
    in_code = {entry.msgid: is_code(entry) for entry in template}
    problems = [f"missing: {msgid!r}" for msgid in in_code if msgid not in said]
    for entry in translated:
        if entry.obsolete or entry.msgid not in in_code:
            problems.append(f"obsolete: {entry.msgid!r}")
        elif not entry.msgstr.strip():
            problems.append(f"empty: {entry.msgid!r}")
        elif entry.fuzzy:
            problems.append(f"fuzzy: {entry.msgid!r}")
        elif in_code[entry.msgid] and placeholders(entry.msgid) != placeholders(entry.msgstr):
            problems.append(f"other placeholders: {entry.msgid!r}, {entry.msgstr!r}")
    return problems


def placeholders(text):
    """What is filled into a text, in any order; those without a name stand in theirs."""
    found = PLACEHOLDER.findall(text)
    ordered = [each for each in found if not each.startswith(("%(", "%%"))]
    return ordered, Counter(found)


def is_code(entry):
    """Whether the term stands in code, where alone something is filled in."""
    return any(place.startswith("code:") for place, _line in entry.occurrences)


def merged(template, translated):
    """The template's entries in its order, with the translations there are."""
    said = {entry.msgid: entry for entry in translated if not entry.obsolete}
    result = polib.POFile()
    result.header, result.metadata = template.header, {**template.metadata, **HEADER}
    for entry in template:
        known = said.get(entry.msgid, entry)
        result.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=known.msgstr,
                flags=known.flags,
                tcomment=known.tcomment,
                comment=entry.comment,
                occurrences=entry.occurrences,
            )
        )
    return result


def exported():
    """{addon: its terms as a polib file}; an addon without any is left out."""
    folder = paths.DEV / "terms"
    folder.mkdir(exist_ok=True)
    db = "translations"
    database.fresh(db, database.glued())
    try:
        database.script(db, EXPORT.format(addons=paths.ADDONS, folder=str(folder)))
    finally:
        postgres.drop(db)
    templates = {addon: undated(read(folder / f"{addon}.pot")) for addon in paths.ADDONS}
    return {addon: template for addon, template in templates.items() if template}


def undated(template):
    for date in DATES:
        template.metadata.pop(date, None)
    return template


def files(addon):
    """The paths of an addon's template and translation."""
    folder = paths.ROOT / addon / "i18n"
    return folder / f"{addon}.pot", folder / f"{LANGUAGE}.po"


def read(path):
    """A file as polib has it; an empty one where there is none."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def shown(path):
    return path.relative_to(paths.ROOT)
