"""Prices in: what the site asks becomes a fixed price of the product in the pricelists of the
chosen warehouses, so that a customer here pays the same with VAT.

The rules are ours, marked with their row, and are set again whenever the site is read. Rules that
people make are left alone; where Odoo puts one before ours, the row says so. When a row is not
linked to its product any more the rule goes. When the site stops deciding (or a warehouse is
unticked) the prices stay as they were last, and are found again if it decides once more."""

import functools

from odoo import fields, models
from odoo.tools import split_every

from .concurrency import making
from .price_terms import PriceTerms

CHUNK = 1000
PENDING = "cloudsales_merchantpro.priced"


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def action_pull_prices(self):
        """Set the pricelists by the prices that were read last."""
        self._as_system("cloudsales_merchantpro.group_manager")._pull_prices()

    def _pull_prices(self):
        """Have the prices of all linked rows taken over, in jobs."""
        for shop in self.filtered(lambda shop: shop._takes_prices()):
            linked = [("shop_id", "=", shop.id), ("match_state", "=", "linked")]
            for ids in split_every(CHUNK, self.env["merchantpro.variant"].search(linked).ids):
                self.env["merchantpro.variant"].browse(ids)._pull_later()

    def _takes_prices(self):
        return self.active and self.price_direction == "pull" and not self.price_setup_problem

    def _take_prices(self, rows):
        """Bring our rules in line with the prices of these rows, in as many queries for many as
        for few."""
        items = self.env["product.pricelist.item"]
        pricelists = self.price_target_warehouse_ids.pricelist_id
        wanted = {
            (pricelist, row): self._prepare_item_values(pricelist, row)
            for pricelist in pricelists
            for row in rows
        }
        ours = items.search(
            [("merchantpro_variant_id", "in", rows.ids), ("pricelist_id", "in", pricelists.ids)]
        )
        for item in ours:
            item._write_changes(wanted.pop((item.pricelist_id, item.merchantpro_variant_id)))
        with making(self.env, self.env._("Prices of %s are being set.", self.name), items):
            ours |= items.create(list(wanted.values()))
        self._note_overruled(rows, pricelists, ours)

    def _prepare_item_values(self, pricelist, row):
        product, company = row.product_id, self.company_id
        gross = self.currency_id._convert(
            row.price_gross, pricelist.currency_id, company, fields.Date.today(), round=False
        )
        return {
            "pricelist_id": pricelist.id,
            "merchantpro_variant_id": row.id,
            "applied_on": "0_product_variant",
            "product_tmpl_id": product.product_tmpl_id.id,
            "product_id": product.id,
            "compute_price": "fixed",
            # More than two decimals where taxes are added: 8.26 with 21 % is 9.99, not 10.00.
            "fixed_price": round(PriceTerms(company).price_of(product, gross), 6),
            "min_quantity": 0.0,
            "date_start": False,
            "date_end": False,
        }

    def _note_overruled(self, rows, pricelists, ours):
        """Say on each row which rule Odoo puts before the site's price, by Odoo's own judgement."""
        now = fields.Datetime.now()
        found = {pricelist: pricelist._prices_and_rules(rows.product_id, now)
                 for pricelist in pricelists}  # fmt: skip
        for row in rows:
            problem = False
            for pricelist in pricelists:
                rule = ours.browse(found[pricelist][row.product_id][1])
                if rule not in ours:
                    problem = self.env._(
                        "In the pricelist %(pricelist)s another rule comes first: %(rule)s",
                        pricelist=pricelist.name,
                        rule=f"{rule.name}, {rule.price}",
                    )
            if row.pull_problem != problem:
                row.pull_problem = problem


class MerchantProCatalogFetch(models.Model):
    _inherit = "merchantpro.catalog.fetch"

    def _finish(self):
        result = super()._finish()
        self.shop_id._pull_prices()
        return result


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    pull_problem = fields.Char(
        string="Price Not Taken Over", help="Why the price here is not the one on the site."
    )

    def write(self, vals):
        before = {}
        if {"match_state", "product_id"} & set(vals):
            before = {row: row._priced_product() for row in self}
        result = super().write(vals)
        changed = self.filtered(lambda row: row in before and row._priced_product() != before[row])
        changed._forget_prices()
        changed.filtered(lambda row: row._priced_product())._collect_pull()
        return result

    def _priced_product(self):
        """The product whose price here is the row's."""
        if self.match_state != "linked" or self.shop_id.price_direction != "pull":
            return self.env["product.product"]
        return self.product_id

    def _forget_prices(self):
        """The site's prices are not those of the products any more."""
        if self:
            items = self.env["product.pricelist.item"].sudo()
            items.search([("merchantpro_variant_id", "in", self.ids)]).unlink()
            self.filtered("pull_problem").write({"pull_problem": False})

    def _collect_pull(self):
        """Rows are linked one by one by the thousand: their prices are taken over together when
        the transaction ends."""
        hooks = self.env.cr.precommit
        if self and PENDING not in hooks.data:
            hooks.data[PENDING] = set()
            hooks.add(functools.partial(self.sudo()._pull_collected))
        hooks.data.get(PENDING, set()).update(self.ids)

    def _pull_collected(self):
        for ids in split_every(CHUNK, sorted(self.env.cr.precommit.data.pop(PENDING, set()))):
            self.browse(ids)._pull_later()

    def _pull_later(self):
        self.with_delay(
            description=self.env._("MerchantPro: take over prices of %s", self.shop_id[:1].name),
        )._job_pull_prices()

    def _job_pull_prices(self):
        # Unlinked or switched off since this was enqueued? A price of zero is none.
        rows = self.exists().filtered(lambda row: row._priced_product() and row.price_gross > 0)
        for shop in rows.shop_id.filtered(lambda shop: shop._takes_prices()):
            shop = shop.sudo().with_company(shop.company_id)
            mine = rows.filtered(lambda row, s=shop: row.shop_id == s)
            shop._take_prices(mine.with_env(shop.env))
