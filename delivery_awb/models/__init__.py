from . import delivery_awb
