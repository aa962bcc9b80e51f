"""What the site has acknowledged of a row, and what it refused."""

import datetime

from odoo import api, fields, models

# Fields of the API that are fields of the row too: what the site told or acknowledged last.
STOCK = frozenset({"stock"})
PRICES = {"price_gross": 2, "old_price_gross": 2, "price_net": 4, "old_price_net": 4}
LINK = ("match_state", "product_id", "on_site")
# Minutes until a refused row is tried again; after the last one a person has to look at it.
PAUSES = (1, 2, 5, 15)
MAX_REFUSALS = len(PAUSES) + 1


def same_value(name, first, second):
    """Whether two values of a field of the API are the same to the site."""
    digits = PRICES.get(name)
    return round(first - second, digits) == 0 if digits else first == second


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def _decisive_fields(self):
        """Fields of a row whose change may make the site wrong."""
        names = {*LINK}
        if self.push_stock:
            names |= {"tracked", *STOCK}
        if self.price_direction == "push":
            names |= set(PRICES)
        return names


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    pushed_at = fields.Datetime(string="Sent", help="When the site acknowledged it last.")
    push_error = fields.Text(string="Sending Error")
    push_failures = fields.Integer(string="Failed Sendings of Stock")
    price_failures = fields.Integer(string="Failed Sendings of Prices")
    push_failed_at = fields.Datetime()
    push_failed_change = fields.Integer(help="The last change that the refusal knew of.")
    push_refused = fields.Boolean(
        compute="_compute_push_refused",
        store=True,
        string="Refused by the Site",
        help="The site refused it too often: it waits until somebody sends it again.",
    )
    price_problem = fields.Char(string="Price Not Sent", help="Why the price cannot be sent.")
    must_send = fields.Boolean(
        string="Send Anyway",
        help="Send it also if the site seems to have it: it is not known what the site made of"
        " what was sent last.",
    )

    @api.depends("push_failures", "price_failures")
    def _compute_push_refused(self):
        for row in self:
            row.push_refused = max(row.push_failures, row.price_failures) >= MAX_REFUSALS

    def write(self, vals):
        changed = self._changed_by(vals)
        result = super().write(vals)
        sold = changed.filtered(lambda row: row.match_state == "linked" and row.on_site)
        self.env["merchantpro.change"]._note_variants(sold)
        return result

    def _changed_by(self, vals):
        """The rows for which the site may be wrong once `vals` are written."""
        decisive = {"tracked", *LINK, *STOCK, *PRICES} & set(vals)
        # What the site has just acknowledged is right.
        if not decisive or "pushed_at" in vals:
            return self.browse()
        return self.filtered(
            lambda row: any(
                row._fields[name].convert_to_write(row[name], row) != vals[name]
                for name in decisive & row.shop_id._decisive_fields()
            )
        )

    def _waiting_since(self):
        """{row: moment of its oldest change that was not sent yet}."""
        return dict(
            self.env["merchantpro.change"]._read_group(
                [("variant_id", "in", self.ids)], ["variant_id"], ["changed_at:min"]
            )
        )

    # Before a call

    def _to_send(self, published):
        """Of the values the site should have, those it may not have. Prices go together: a price
        and the one it was reduced from only make sense as a pair. A price that the site refused
        does not keep the stock from it."""
        wrong = {
            name
            for name, value in published.items()
            if self.must_send or not self._site_has(name, value)
        }
        stock = wrong & STOCK if self.push_failures < MAX_REFUSALS else set()
        refused = self.price_failures >= MAX_REFUSALS or (stock and self.price_failures)
        prices = set(PRICES) if wrong & set(PRICES) and not refused else set()
        return {name: value for name, value in published.items() if name in stock | prices}

    def _site_has(self, name, value):
        return same_value(name, self[name], value)

    def _body(self, values):
        """The values as the API wants them: null where there is no price before a reduction."""
        return {
            name: None if name.startswith("old_") and not value else value
            for name, value in values.items()
        }

    def _rests(self, values, newest_change):
        """Whether a row whose values were refused is left alone for now. A change made since is
        tried: the site may be selling what is not there."""
        failures = self.push_failures if STOCK & set(values) else self.price_failures
        if not failures or newest_change > self.push_failed_change:
            return False
        pause = datetime.timedelta(minutes=PAUSES[min(failures, len(PAUSES)) - 1])
        return fields.Datetime.now() < self.push_failed_at + pause

    # After it

    def _acknowledged(self, values):
        now = {"pushed_at": fields.Datetime.now(), "must_send": False}
        if STOCK & set(values):
            now["push_failures"] = 0
        if set(PRICES) & set(values):
            now["price_failures"] = 0
        self.write({**values, **now})
        if not self.push_failures and not self.price_failures:
            self.push_error = False

    def _left_the_site(self, error):
        self.write({"on_site": False, "must_send": False, "push_error": self._told(error)})

    def _refused(self, error, values, newest_change):
        """Count a refusal, with the site's words. Where stock and price went together it is
        taken for the price's: the stock is tried alone next."""
        counter = "price_failures" if set(PRICES) & set(values) else "push_failures"
        self.write(
            {
                "push_error": self._told(error),
                counter: self[counter] + 1,
                "push_failed_at": fields.Datetime.now(),
                "push_failed_change": newest_change,
            }
        )

    def _note_price_problems(self, problems):
        """Keep why the price of these rows is not sent, and forget it where it is."""
        for row in self:
            problem = problems.get(row, False)
            if row.price_problem != problem:
                row.price_problem = problem

    # What a person does

    def action_push(self):
        """Send stock and price of these rows again, whatever was refused before and also where
        the site seems to have it."""
        rows = self._as_system()
        rows.write(
            {"push_error": False, "push_failures": 0, "price_failures": 0, "must_send": True}
        )
        self.env["merchantpro.change"]._note_variants(rows)
        rows.shop_id.push_changes()
