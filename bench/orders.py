"""Orders: how fast they come in, beside the bare ORM and with two workers; and that each
comes in once, whatever happens on the way."""

from . import _orders_chaos, _orders_pace, _orders_workers
from ._odoo import environment, fresh_database


def run():
    """The figures of all parts, each on a database of its own."""
    figures = {}
    with environment() as env:
        figures.update(_orders_pace.run(env))
    for part in (_orders_workers, _orders_chaos):
        with fresh_database() as name:
            figures.update(part.run(name))
    return figures
