"""Returns that the site only names on the order whose goods come back.

A return is an order of its own. But it need not stand in the site's list, nor say itself whose
goods it brings back. So the numbers that an order names and that are not here are asked for as
those of notices are: noted with the order, read within the minute, and again until the site has
answered. What comes with such a number is a return of the order that named it."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..api.errors import ParseError
from ..api.orders import named_returns


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    named_returns = fields.Json(
        readonly=True, copy=False, help="Numbers of its returns, as the site names them."
    )

    _named_returns_index = models.Index("USING gin (named_returns) WHERE named_returns IS NOT NULL")

    def _prepare_inbox_values(self, shop, external_id, row):
        values = super()._prepare_inbox_values(shop, external_id, row)
        try:
            named = list(named_returns(row))
        except ParseError:
            named = []  # told by `process`, on the order
        # A return that does not say so itself stays what the other order says it is.
        return_of = values["return_of"] or self.return_of
        return {**values, "named_returns": named or False, "return_of": return_of}

    @api.model
    def _store(self, shop, rows):
        changed = super()._store(shop, rows)
        return changed | changed._ask_for_returns(shop)._connect_returns(shop)

    @api.model
    def _read_numbers(self, shop, numbers):
        changed, missing = super()._read_numbers(shop, numbers)
        self._tell_unreadable(shop, missing)
        # Another worker may have stored one from the list, while this one noted who names it.
        return changed | self._numbered(shop, numbers)._connect_returns(shop), missing

    def _ask_for_returns(self, shop):
        """Note the returns of these orders that are not here, to be read. Gives back these orders
        and the returns that are."""
        wanted = {
            number
            for order in self
            if order.sale_order_id or order.state in self.OPEN
            for number in order.named_returns or ()
        }
        known = self._numbered(shop, wanted) if wanted else self.browse()
        missing = sorted(wanted - set(known.mapped("external_id")))
        self.env["merchantpro.order.notice"].sudo().create(
            [{"shop_id": shop.id, "external_id": number} for number in missing]
        )
        return self | known

    def _connect_returns(self, shop):
        """Of these orders, those that another one names as a return become it; they are given
        back."""
        unsaid = self.filtered(lambda order: not order.return_of)
        namers = self._namers(shop, unsaid.mapped("external_id"))
        named = unsaid.filtered(lambda order: order.external_id in namers)
        for order in named:
            order._become_return(namers[order.external_id])
        return named

    @api.model
    def _namers(self, shop, numbers):
        """{number of a return: number of the order that names it}"""
        if not numbers:
            return {}
        self.flush_model(["shop_id", "external_id", "named_returns"])
        found = self.env.execute_query(
            SQL(
                "SELECT external_id, named_returns FROM merchantpro_order"
                " WHERE shop_id = %s AND named_returns ?| %s ORDER BY id",
                shop.id,
                numbers,
            )
        )
        return {
            each: number
            for number, named in found
            for each in named
            if each in numbers and each != number
        }

    def _become_return(self, number):
        self.return_of = number
        if self.sale_order_id:
            self._tell(
                self.env._(
                    "This order was imported as a sale. Now the site says that it is a return of"
                    " order %s. Cancel this sale, and make the return there.",
                    number,
                )
            )

    @api.model
    def _tell_unreadable(self, shop, numbers):
        """The site names returns that it does not show: a person has to look there."""
        here = self._numbered(shop, numbers).mapped("external_id") if numbers else []
        namers = self._namers(shop, [number for number in numbers if number not in here])
        orders = {order.external_id: order for order in self._numbered(shop, namers.values())}
        for number, namer in namers.items():
            sale = orders[namer].sale_order_id
            if sale and not any(number in (task.note or "") for task in sale.activity_ids):
                orders[namer]._remind(
                    self.env._(
                        "The site says that goods of this order come back with return %s, but does"
                        " not show that return. Look there, and make the return here by hand.",
                        number,
                    )
                )
