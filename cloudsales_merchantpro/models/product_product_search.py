"""Products are found by their additional codes wherever Odoo looks one up by name, reference
or barcode: in fields to choose a product, in order lines, in imports and in received invoices.
The views' own search boxes are in views/product_search_views.xml."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

EXACT_FIRST = ("=", "ilike", "=ilike", "like", "=like")


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if not value:
            return domain
        positive = Domain.NEGATIVE_OPERATORS.get(operator, operator)
        with_code = self.env["product.additional.code"]._product_ids(positive, value)
        if positive != operator:
            return Domain(domain) & Domain("id", "not in", with_code)
        # One UNION like the rest of this search: an OR could use no index.
        found = self.with_context(active_test=False)._search(domain)
        union = SQL("((%s) UNION ALL %s)", found.select(), with_code)
        return [("id", "in", union)]

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Like Odoo's for barcodes: a product with exactly this additional code is the only one
        found, unless one has it as its reference or barcode."""
        if not name or not isinstance(name, str):
            return super().name_search(name, domain, operator, limit)
        domain = Domain(domain or Domain.TRUE)
        codes = self.env["product.additional.code"]
        if operator in Domain.NEGATIVE_OPERATORS:
            with_code = codes._product_ids(Domain.NEGATIVE_OPERATORS[operator], name)
            domain &= Domain("id", "not in", with_code)
            return super().name_search(name, domain, operator, limit)
        named = codes._product_named(name) if operator in EXACT_FIRST else self.browse()
        exact = named and self.search(domain & Domain("id", "in", named.ids), limit=1)
        own = Domain("default_code", "=", name) | Domain("barcode", "=", name)
        if exact and not self.search_count(domain & own, limit=1):
            return [(exact.id, exact.display_name)]
        found = super().name_search(name, domain, operator, limit)
        products = self.browse(product_id for product_id, _name in found)
        if exact or products.filtered_domain(own):
            return found
        room = limit and limit - len(found)
        if room is None or room > 0:
            known = Domain("id", "not in", products.ids)
            with_code = Domain("id", "in", codes._product_ids(operator, name))
            more = self.search_fetch(domain & known & with_code, ["display_name"], limit=room)
            found += [(product.id, product.display_name) for product in more]
        return found

    def _get_product_domain_search_order(self, **vals):
        """Products of received invoices and orders: after Odoo's own look-up of the code."""
        domains = super()._get_product_domain_search_order(**vals)
        for priority, kind in ((6, "barcode"), (11, "default_code")):
            if text := vals.get(kind):
                named = self.env["product.additional.code"]._product_named(text)
                domains.append((priority, Domain("id", "in", named.ids)))
        return sorted(domains, key=lambda each: each[0])
