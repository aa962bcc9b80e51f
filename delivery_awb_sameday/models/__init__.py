from . import (
    sameday_token,
    sameday_service,
    sameday_pickup_point,
    sameday_locker,
    delivery_carrier,
    delivery_carrier_lists,
    delivery_carrier_form,
    delivery_carrier_awb,
    delivery_carrier_find,
    delivery_carrier_rate,
    delivery_awb,
)
