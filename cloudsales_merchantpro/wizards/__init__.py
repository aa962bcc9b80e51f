from . import (
    merchantpro_alert_compose,
    merchantpro_import_preview,
    merchantpro_invoice_series,
    merchantpro_orders_by_number,
    merchantpro_push_everything,
    merchantpro_review,
    merchantpro_review_candidate,
    merchantpro_rule_preview,
    merchantpro_start_over,
)
