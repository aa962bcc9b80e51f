"""Send everything to a site again, after telling how long that takes."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class MerchantProPushEverything(models.TransientModel):
    _name = "merchantpro.push.everything"
    _description = "Send Everything to a MerchantPro Site"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    row_count = fields.Integer(string="Products to Send", readonly=True)
    minutes = fields.Integer(readonly=True, help="The site takes 60 calls a minute for long.")

    @api.model
    def _open(self, shop):
        shop.ensure_one()
        shop._check_usable()
        count = len(shop._as_system()._everything())
        if not count:
            raise UserError(self.env._("There is nothing to send to %s.", shop.name))
        wizard = self.create(
            {"shop_id": shop.id, "row_count": count, "minutes": shop._push_minutes(count)}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Everything"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_confirm(self):
        self.ensure_one()
        self.shop_id._send_everything()
        return {"type": "ir.actions.act_window_close"}
