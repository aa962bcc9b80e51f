"""A message to the buyer of an order: which moment it is about, by which channel, where it is.

Whatever rules exist and however many workers follow them, a moment is told once by each channel:
the row is written first, and its unique index lets one of them go on:

    worker A                                worker B
    INSERT alert; the mail into the queue   INSERT alert: waits for A
    commit                                  serialization failure: begins again, sees the row

The message itself goes through Odoo's own queues, each of which one process empties at a time, and
`merchantpro_alert_follow` writes here what became of it."""

from odoo import api, fields, models
from odoo.tools import SQL

from .alert_moments import MOMENTS, OF_MOVE, OF_PICKING


class MerchantProAlert(models.Model):
    _name = "merchantpro.alert"
    _description = "Message to a Buyer"
    _inherit = "merchantpro.job"
    _order = "id desc"
    _rec_name = "subject"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade", index=True
    )
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", readonly=True, ondelete="cascade"
    )
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True, ondelete="cascade")
    shop_id = fields.Many2one(related="order_id.merchantpro_shop_id", store=True, index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    run_id = fields.Many2one("merchantpro.rule.run", string="Rule", readonly=True, index=True)
    moment = fields.Selection(
        MOMENTS, readonly=True, help="Empty: a message of your own, which is told once too."
    )
    told = fields.Char(
        string="Told Once", required=True, readonly=True, help="The moment, or the template itself."
    )
    channel = fields.Selection([("mail", "E-Mail"), ("sms", "SMS")], required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    mail_template_id = fields.Many2one(
        "mail.template", string="E-Mail Template", readonly=True, ondelete="set null"
    )
    sms_template_id = fields.Many2one(
        "sms.template", string="SMS Template", readonly=True, ondelete="set null"
    )
    address = fields.Char(string="Recipient", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    subject = fields.Char(readonly=True)
    mail_id = fields.Many2one(
        "mail.mail", string="E-Mail", readonly=True, ondelete="set null", index=True
    )
    sms_id = fields.Many2one(
        "sms.sms", string="SMS", readonly=True, ondelete="set null", index=True
    )
    text = fields.Text(readonly=True)
    parts = fields.Integer(readonly=True, help="How many SMS the operator charges for.")
    body = fields.Html(compute="_compute_body", sanitize=False)
    problem = fields.Text(readonly=True)
    tries = fields.Integer(string="Failed Tries", readonly=True)
    next_try = fields.Datetime(readonly=True)
    sent_at = fields.Datetime(string="Sent", readonly=True)

    _once_uniq = models.UniqueIndex(
        "(order_id, channel, told, coalesce(picking_id, 0), coalesce(move_id, 0))",
        "A buyer is told of a moment once.",
    )

    @api.depends("mail_id")
    def _compute_body(self):
        for alert in self:
            alert.body = alert.mail_id.sudo().body_html

    @api.model
    def _claim(self, order, template, picking=None, move=None):
        """(the alert of this moment, whether it is new here and now). One that a transaction at
        the same time made is seen after beginning again only."""
        values = self._key(order, template, picking, move)
        columns = [*values, "state", "company_id", "shop_id", "create_date"]
        shown = [
            *values.values(),
            "waiting",
            order.company_id.id,
            order.merchantpro_shop_id.id or None,
            fields.Datetime.now(),
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO merchantpro_alert (%s) VALUES %s ON CONFLICT DO NOTHING RETURNING id",
                SQL(", ").join(map(SQL.identifier, columns)),
                tuple(shown),
            ),
            log_exceptions=False,
        )
        if found := self.env.cr.fetchone():
            self.env["sale.order"].invalidate_model(["alert_ids"])
            return self.browse(found[0]), True
        return self.search([(name, "=", value) for name, value in values.items()], limit=1), False

    def _key(self, order, template, picking, move):
        """What is told once; of a template without a moment, the document it was called for."""
        moment = template.merchantpro_moment
        own = not moment
        return {
            "order_id": order.id,
            "channel": "mail" if template._name == "mail.template" else "sms",
            "told": moment or f"{template._name},{template.id}",
            "moment": moment or None,
            "picking_id": picking.id if picking and (own or moment in OF_PICKING) else None,
            "move_id": move.id if move and (own or moment in OF_MOVE) else None,
        }

    def action_retry(self):
        """Send it now, to the address the buyer has now."""
        self._as_system().filtered(lambda alert: alert.state != "sent")._retry()

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }
