"""The key of a code (see api/codes.py) in SQL. Indexes serve a query only when both use the
very same expression, so it is written once."""

from odoo.tools import SQL

from ..api.codes import BLANKS

_BLANKS = "E'" + "".join(f"\\u{ord(each):04x}" for each in BLANKS) + "'"


def trimmed_sql(column):
    return f"lower(btrim({column}, {_BLANKS}))"


def key_sql(column):
    return f"ltrim({trimmed_sql(column)}, '0')"


def carries_one_of(column, codes):
    """The condition that `column` has the key of one of `codes`. An array, because an index
    serves `= ANY` also where two such conditions are joined by OR."""
    return SQL(
        f"{key_sql(column)} = ANY(ARRAY(SELECT {key_sql('code')} FROM unnest(%s::text[]) code))",
        list(codes),
    )
