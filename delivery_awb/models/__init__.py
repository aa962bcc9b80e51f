from . import delivery_awb, stock_picking
