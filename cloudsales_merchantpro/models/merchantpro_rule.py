"""When something happens to an order of a shop, do something: the merchant's own rules.

`_happened` notes in the transaction of the cause, once for each rule and document, that a rule is
to run (`merchantpro.rule.run`); a job of its own does it afterwards. Each action is a method
`_do_<action>(run)` of this model, in a file of its own."""

from odoo import api, fields, models


class MerchantProRule(models.Model):
    _name = "merchantpro.rule"
    _description = "Rule for Orders of Shops"
    _inherit = ["mail.thread", "merchantpro.job"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    shop_ids = fields.Many2many(
        "merchantpro.shop", string="Shops", check_company=True, help="None: all of the company."
    )
    event = fields.Selection(
        [
            ("imported", "Imported"),
            ("confirmed", "Confirmed"),
            ("paid", "Paid"),
            ("reserved", "Reserved"),
            ("picked", "Picked"),
            ("awb", "Waybill Issued"),
            ("shipped", "Shipped"),
            ("at_point", "At Locker or Point"),
            ("delayed", "Delayed for Stock"),
            ("delivered", "Delivered"),
            ("refused", "Refused by the Buyer"),
            ("invoiced", "Invoiced"),
            ("cancelled", "Cancelled"),
            ("returned", "Returned"),
        ],
        string="When",
        required=True,
    )
    payment_method_ids = fields.Many2many("merchantpro.payment.method", check_company=True)
    shipping_method_ids = fields.Many2many("merchantpro.shipping.method", check_company=True)
    domain = fields.Char(string="Only Orders That Match")
    action = fields.Selection(
        [
            ("proforma", "Issue the Proforma"),
            ("invoice", "Issue the Invoice"),
            ("awb", "Make the Waybill"),
            ("print_picking", "Print the Picking"),
            ("print_label", "Print the Waybill"),
            ("print_invoice", "Print the Invoice"),
            ("mail", "Send an E-Mail"),
            ("sms", "Send an SMS"),
            ("status", "Tell the Site"),
        ],
        string="Do",
        required=True,
    )
    delay = fields.Integer(string="Delay (Minutes)")

    @api.model
    def _happened(self, event, documents):
        """Note that the rules of `event` are to run for these sales orders, transfers or
        invoices, all of one model; what belongs to no shop is left out."""
        for rule in self.sudo().search([("event", "=", event)]):
            for document in documents:
                order = rule._order_of(document)
                if order.merchantpro_shop_id and order.company_id == rule.company_id:
                    rule._note(order, document)

    def _order_of(self, document):
        if document._name == "stock.picking":
            return document.sale_id
        if document._name == "account.move":
            return document.line_ids.sale_line_ids.order_id[:1]
        return document

    def _note(self, order, document):
        """One row, unless it is there already: a second transaction may have been faster."""
        self.env.cr.execute(
            """
            INSERT INTO merchantpro_rule_run
                   (rule_id, order_id, picking_id, move_id, company_id, state, tries)
            VALUES (%s, %s, %s, %s, %s, 'waiting', 0) ON CONFLICT DO NOTHING
            """,
            (
                self.id,
                order.id,
                document.id if document._name == "stock.picking" else None,
                document.id if document._name == "account.move" else None,
                self.company_id.id,
            ),
        )
