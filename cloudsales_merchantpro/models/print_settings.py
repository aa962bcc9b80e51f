"""Which printer a document goes to: the shop's, or that of the warehouse the goods leave from."""

from odoo import api, fields, models

KINDS = ("picking", "label", "invoice")


class MerchantProPrintSettings(models.AbstractModel):
    _name = "merchantpro.print.settings"
    _description = "Printers of a shop or warehouse"

    picking_printer_id = fields.Many2one(
        "merchantpro.printer", string="Printer of Pickings", check_company=True
    )
    picking_copies = fields.Integer(string="Copies of Pickings", default=1)
    label_printer_id = fields.Many2one(
        "merchantpro.printer", string="Printer of Labels", check_company=True
    )
    label_copies = fields.Integer(string="Copies of Labels", default=1)
    invoice_printer_id = fields.Many2one(
        "merchantpro.printer", string="Printer of Invoices", check_company=True
    )
    invoice_copies = fields.Integer(string="Copies of Invoices", default=1)


class StockWarehouse(models.Model):
    _name = "stock.warehouse"
    _inherit = ["stock.warehouse", "merchantpro.print.settings"]


class MerchantProShop(models.Model):
    _name = "merchantpro.shop"
    _inherit = ["merchantpro.shop", "merchantpro.print.settings"]

    print_picking = fields.Boolean(
        string="Pickings Print by Themselves",
        default=True,
        help="When all goods of a transfer are reserved, where a printer of pickings is set.",
    )
    print_label = fields.Boolean(
        string="Labels Print by Themselves",
        default=True,
        help="When the waybill has its label, where a printer of labels is set.",
    )
    print_invoice = fields.Boolean(
        string="Invoices Print by Themselves",
        help="When an invoice is posted, where a printer of invoices is set.",
    )


class MerchantProPrintJob(models.Model):
    _inherit = "merchantpro.print.job"

    @api.model
    def _printer_for(self, what, record):
        """(printer, copies) that shop or warehouse set for this document of a transfer, waybill,
        invoice or order; (no printer, 1) when neither does. A batch goes where pickings go, a
        proforma where invoices go."""
        kind = {"batch": "picking", "proforma": "invoice"}.get(what, what)
        order = self._order_of(record).sudo()
        for settings in (order.merchantpro_shop_id, self._warehouse_of(record, order)):
            printer = settings[f"{kind}_printer_id"]
            if printer.active:
                return printer, settings[f"{kind}_copies"]
        return self.env["merchantpro.printer"], 1

    def _warehouse_of(self, record, order):
        picking = record.picking_id if record._name == "delivery.awb" else record
        if picking._name == "stock.picking":
            return picking.sudo().picking_type_id.warehouse_id
        return order.warehouse_id

    @api.model
    def _queue_by_settings(self, what, record):
        """The row of this document in the queue of the printer that is set for it; no row where
        none is."""
        printer, copies = self._printer_for(what, record)
        return self._queue(what, record, printer, copies) if printer else self.browse()
