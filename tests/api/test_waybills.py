"""What a site says of parcels, in whatever shape it says it."""

import pytest
from api import waybills
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("record", "number", "url"),
    [
        ({"shipping_awb": " 1SDY1 "}, "1SDY1", ""),
        ({"shipping_awb": None, "carrier_tracking": []}, "", ""),
        ({"carrier_tracking": [{"awb": "A1", "url": "https://c.example/A1"}]}, "A1",
         "https://c.example/A1"),
        ({"shipping_awb": "1", "carrier_tracking": [{"url": "javascript:alert(1)"}]}, "1", ""),
        ({"shipping_awb": "x" * 5000}, "", ""),
        ({"shipping_awb": ["1"], "carrier_tracking": "none"}, "", ""),
        (None, "", ""),
    ],
)  # fmt: skip
def test_waybill_made_on_the_site(record, number, url):
    told = waybills.site_waybill(record)
    assert (told.number, told.url) == (number, url)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"shipping_locker_id": 1234}, "1234"),
        ({"easybox": {"name": "Belu", "lockerId": 2}}, "2"),
        ({"meta_fields": {"sameday_easybox": "77"}}, "77"),
        ({"shipping_delivery_info": {"delivery_time": "1-2", "locker_id": "9"}}, "9"),
        ({"shipping": {"pickup_point": {"id": "P1"}}}, "P1"),
        ({"locker_name": "Belu", "locker_address": "Str. 1"}, ""),
        ({"locker_id": 0}, ""),
        ({"locker_id": True}, ""),
        ({"locker": ["1"]}, ""),
        ({"shipping_method_name": "easybox"}, ""),
        ([], ""),
    ],
)
def test_locker_of_the_buyer(record, code):
    assert waybills.locker(record) == code


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["locker", "easybox_id", "meta_fields", "shipping_awb", "id"]), inner
        )
    ),
    max_leaves=8,
)


@given(SHAPES)
def test_no_shape_breaks_it(record):
    waybills.locker(record)
    waybills.site_waybill(record)
