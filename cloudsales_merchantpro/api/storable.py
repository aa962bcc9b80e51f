"""JSON as PostgreSQL can store it."""

import math

from .errors import ParseError
from .words import _lt

DEEPEST = 100  # levels; an order of the site has five


def storable(value, levels=DEEPEST):
    """A copy of a JSON value without what PostgreSQL refuses in one: the NUL character, half a
    surrogate pair, and numbers that are none. ParseError when it is nested without reason."""
    if not levels:
        raise ParseError(_lt("The record is nested too deeply"))
    if isinstance(value, dict):
        return {storable(key): storable(each, levels - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [storable(each, levels - 1) for each in value]
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
