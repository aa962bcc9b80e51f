from . import delivery_awb_by_hand
