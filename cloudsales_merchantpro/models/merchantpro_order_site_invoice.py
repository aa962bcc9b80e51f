"""The invoice that the site itself issued for an order, as it tells of it: shown, and a reason not
to issue another one. It is no entry in the accounts here."""

from odoo import fields, models

from ..api.errors import ParseError
from ..api.orders import parse_invoice


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    site_invoice = fields.Char(string="Invoice of the Site", readonly=True, index="btree_not_null")
    site_invoice_url = fields.Char(string="Link of the Site's Invoice", readonly=True)
    site_invoice_date = fields.Datetime(string="Date of the Site's Invoice", readonly=True)

    def _prepare_inbox_values(self, shop, external_id, row):
        values = super()._prepare_inbox_values(shop, external_id, row)
        try:
            invoice = parse_invoice(row)
        except ParseError:
            invoice = None  # `process` tells what cannot be read
        stands = invoice and not invoice.cancelled
        return {
            **values,
            "site_invoice": " ".join(filter(None, (invoice.prefix, invoice.number)))
            if stands
            else False,
            "site_invoice_url": stands and invoice.url or False,
            "site_invoice_date": stands and invoice.date or False,
        }


class SaleOrder(models.Model):
    _inherit = "sale.order"

    merchantpro_site_invoice = fields.Char(related="merchantpro_order_id.site_invoice")
    merchantpro_site_invoice_url = fields.Char(related="merchantpro_order_id.site_invoice_url")
    merchantpro_site_invoice_date = fields.Datetime(
        related="merchantpro_order_id.site_invoice_date"
    )
