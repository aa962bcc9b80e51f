"""The catalogue at the size of a real shop: reading, matching, importing."""

from . import _catalog_fetch, _catalog_import, _catalog_match
from ._odoo import environment

PARTS = (_catalog_fetch, _catalog_match, _catalog_import)


def run():
    """The figures of all parts, each on a database of its own."""
    figures = {}
    for part in PARTS:
        with environment() as env:
            figures.update(part.run(env))
    return figures
