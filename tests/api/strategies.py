"""JSON as a hostile or careless site may send it."""

import json

from hypothesis import strategies as st

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()  # json reads NaN and Infinity too
    | st.text()
    | st.sampled_from(["", " ", "0", "on", "1e9999999", "-1e-9999999", "١٢", "0000-00-00", "²"])
    | st.decimals().map(str)
    | st.datetimes().map(lambda moment: moment.isoformat())
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def nested(depth):
    """A list in a list in a list ..., near what json itself takes."""
    return json.loads("[" * depth + "]" * depth)
