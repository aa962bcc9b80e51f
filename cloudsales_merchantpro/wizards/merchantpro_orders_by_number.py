"""Read orders by their numbers, whether they were ever seen here or not."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError

MOST = 200


class MerchantProOrdersByNumber(models.TransientModel):
    _name = "merchantpro.orders.by.number"
    _description = "Read Orders by Number"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    numbers = fields.Text(
        string="Order Numbers", help="As the site shows them, with a dot where they have one."
    )
    missing = fields.Text(string="Not on the Site", readonly=True)

    @api.model
    def _open(self, shop):
        """The wizard for `shop`, or for the first one there is."""
        shop = shop or self.env["merchantpro.shop"].search([], limit=1)
        if not shop:
            raise UserError(self.env._("There is no shop yet."))
        return self.create({"shop_id": shop.id})._form()

    def _form(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Read Orders by Number"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_read(self):
        """Read and import the orders. Whoever asks for one by its number wants it: also one that
        was ignored, or placed before the shop's start date."""
        self.ensure_one()
        self.shop_id._check_usable()
        numbers = self._wanted()
        shop = self.shop_id._as_system()
        orders = shop.env["merchantpro.order"]
        with shop._shop_failures(shop):
            _changed, missing = orders._read_numbers(shop, numbers)
            found = orders._numbered(shop, set(numbers) - set(missing))
            found.filtered(lambda order: not order.sale_order_id)._ask_for("person")
            found._take_up()
            return self._outcome(found, missing)
        raise UserError(shop.state_message)

    def _wanted(self):
        numbers = list(dict.fromkeys(re.findall(r"[^\s,;#]+", self.numbers or "")))
        if not numbers:
            raise UserError(self.env._("Enter the number of an order."))
        if len(numbers) > MOST:
            raise UserError(
                self.env._(
                    "%(most)s orders can be read at once. Use the history for more.", most=MOST
                )
            )
        return numbers

    def _outcome(self, found, missing):
        if missing:
            self.write({"missing": ", ".join(missing), "numbers": ", ".join(missing)})
            return self._form()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_order_action"
        )
        return {**action, "domain": [("id", "in", found.ids)], "target": "main"}


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def action_read_by_number(self):
        self.ensure_one()
        return self.env["merchantpro.orders.by.number"]._open(self)
