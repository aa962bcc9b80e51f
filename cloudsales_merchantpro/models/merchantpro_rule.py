"""When something happens to an order of a shop, do something: the merchant's own rules.

`_happened` (merchantpro_rule_event.py) notes in the transaction of the cause, once for each rule
and document, that a rule is to run (`merchantpro.rule.run`); a job of its own does it afterwards.
Each action is a method `_do_<action>(run)` of this model, in a file of its own. It returns words
for what it did, or raises TryLater, NotNeeded or UserError."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

EVENTS = [
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
]
MESSAGES = ("mail", "sms")  # what reaches a person, so only in working hours


def parsed_domain(text):
    return literal_eval(text or "[]")


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
        EVENTS,
        string="When",
        required=True,
        tracking=True,
    )
    payment_method_ids = fields.Many2many(
        "merchantpro.payment.method",
        string="Payment Methods",
        check_company=True,
        help="None: all of them.",
    )
    shipping_method_ids = fields.Many2many(
        "merchantpro.shipping.method",
        string="Shipping Methods",
        check_company=True,
        help="None: all of them.",
    )
    domain = fields.Char(string="Only Orders That Match", tracking=True)
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
        tracking=True,
    )
    mail_template_id = fields.Many2one(
        "mail.template", string="E-Mail Template", domain="[('model', '=', 'sale.order')]"
    )
    sms_template_id = fields.Many2one(
        "sms.template", string="SMS Template", domain="[('model', '=', 'sale.order')]"
    )
    delay = fields.Integer(
        string="Delay (Minutes)",
        help="How long after the event. Rules after this one do not wait for it meanwhile.",
    )
    continue_on_failure = fields.Boolean(
        string="Go On after a Failure",
        default=True,
        help="Whether the rules after this one, of the same event, run although this one failed."
        " Otherwise they wait until somebody retries or skips it.",
    )

    _delay = models.Constraint("CHECK(delay BETWEEN 0 AND 525600)", "A delay is at most a year.")

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            rule._check_filter(rule.domain)

    def _check_filter(self, text):
        try:
            self.env["sale.order"].search(parsed_domain(text), limit=1)
        except Exception as error:  # whatever a typed domain may raise
            raise ValidationError(
                self.env._("“%s” is not a filter of sales orders.", text)
            ) from error

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            {**vals, "name": self.env._("%s (copy)", rule.name)}
            for rule, vals in zip(self, vals_list, strict=True)
        ]

    def _do(self, run):
        """Do what this rule does; returns what was done, in words."""
        action = getattr(self, f"_do_{self.action}", None)
        if not action:
            raise UserError(self.env._("Nothing that is installed can do this."))
        return action(run)
