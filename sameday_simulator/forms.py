"""Form bodies with nested keys: awbRecipient[name]=Ana&parcels[0][weight]=1&serviceTaxes[]=7."""

import re

KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
MOST_KEYS = 2000


def nested(pairs):
    """A dict of dicts; `[]` counts up, and a later value of a key replaces an earlier one."""
    form = {}
    for key, value in list(pairs)[:MOST_KEYS]:
        found = KEY.match(key)
        if not found:
            continue
        parts = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
        _put(form, parts, value)
    return form


def _put(form, parts, value):
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        part = part or str(len(form))
        if following is None:
            form[part] = value
            return
        below = form.get(part)
        if not isinstance(below, dict):
            below = form[part] = {}
        form = below


def items(form, key):
    """The values of a list, in the order of their numbers."""
    below = form.get(key)
    return list(below.values()) if isinstance(below, dict) else []
