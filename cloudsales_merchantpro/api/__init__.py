"""MerchantPro's REST API v2 in plain Python: nothing in this package knows Odoo."""
