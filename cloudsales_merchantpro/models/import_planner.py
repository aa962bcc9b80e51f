"""From rows of the staging list to the plan of their import. Reads only, and however many
rows there are with the same number of queries."""

from collections import Counter

from .import_family import Family, has_variants
from .import_plan import Plan, Step
from .import_prices import split_prices
from .import_shared import Shared
from .import_words import same

ROW_FIELDS = [
    "parent_id", "name", "sku", "ean", "options", "price_gross", "tracked", "on_site",
    "match_state", "match_field", "match_reason", "product_id", "template_created",
]  # fmt: skip
PAGE_FIELDS = [
    "name", "type", "category_id", "tax_percent", "tax_name", "manufacturer", "characteristics",
]  # fmt: skip


class Planner:
    def __init__(self, shop, rows):
        """For rows of one shop, with the rights and the company of `shop`."""
        self.env, self.shop = shop.env, shop
        # By id: in the order of the site, which is that of sizes and the like.
        rows = rows.with_env(shop.env).sorted("id")
        self._sisters = rows.search([("parent_id", "in", rows.parent_id.ids)], order="id")
        self._sisters.fetch(ROW_FIELDS)
        rows.parent_id.fetch(PAGE_FIELDS)
        self._shared = Shared(shop, self._sisters)
        self._steps = {row: Step(row, row.match_state) for row in rows}

    def plan(self):
        for step in self._steps.values():
            self._by_state(step)
        self._refuse_stale()
        self._refuse_doubles()
        new = {}
        for step in self._steps.values():
            if step.action == "create":
                new.setdefault(step.row.parent_id, []).append(step)
        self._join_families(new)
        self._check_taxes()
        self._check_barcodes()
        self._note_prices()
        plan = Plan(self.env, list(self._steps.values()), self._shared)
        self._price_families(plan)
        return plan

    def _by_state(self, step):
        row = step.row
        if row.match_state in ("matched", "new") and not row.on_site:
            step.leave("gone")
        elif row.match_state == "matched":
            self._link(step)
        elif row.match_state == "new":
            step.action = "create"
            step.notes = [row.match_reason] if row.match_reason else []
        else:
            step.reason = row.match_reason or ""

    def _link(self, step):
        product = step.row.product_id
        if not product:
            step.leave("problem", self.env._("Its product was deleted; match it again."))
        else:
            step.action, step.product = "link", product

    def _refuse_stale(self):
        """The codes of the row or of a product changed since the row was matched, as while the
        catalogue is being read. A second product must not come of it, nor a wrong link."""
        steps = [
            step
            for step in self._steps.values()
            if step.due and step.row.match_field != "manual" and (step.row.sku or step.row.ean)
        ]
        found = self.shop._find_products({(step.row.sku, step.row.ean) for step in steps})
        for step in steps:
            products = found[step.row.sku, step.row.ean].products
            if products != set(step.product.ids if step.product else ()):
                reason = self.env._("It has to be matched again: its codes say otherwise now.")
                step.leave("problem", reason)
                step.stale = True

    def _refuse_doubles(self):
        """One product for two rows would sell its stock twice: none of them is linked."""
        links = [step for step in self._steps.values() if step.action == "link"]
        claims = Counter(step.product for step in links)
        taken = self.taken([step.product.id for step in links])
        for step in links:
            if step.product.id in taken or claims[step.product] > 1:
                reason = self.env._(
                    "%s belongs to another row of the site too.", step.product.display_name
                )
                step.leave("problem", reason)

    def taken(self, product_ids):
        """Ids among these of products that rows of the shop are linked to."""
        groups = self.env["merchantpro.variant"]._read_group(
            [
                ("shop_id", "=", self.shop.id),
                ("match_state", "=", "linked"),
                ("product_id", "in", product_ids),
            ],
            ["product_id"],
        )
        return {product.id for (product,) in groups}

    def _repeated(self, column, codes):
        """Those of the normalised codes that several rows of the shop carry."""
        self.env["merchantpro.variant"].flush_model([column, "match_state", "on_site"])
        self.env.cr.execute(
            f"""
            SELECT lower(trim({column})) FROM merchantpro_variant
             WHERE shop_id = %s AND on_site AND match_state != 'ignored'
               AND lower(trim({column})) = ANY(%s)
             GROUP BY 1 HAVING count(*) > 1
            """,
            (self.shop.id, list(codes)),
        )
        return {code for (code,) in self.env.cr.fetchall()}

    def _join_families(self, new):
        """Decide for the new rows of each page whether they make a product or join one."""
        known = self._known_products(new)
        templates = self.env["product.product"].concat(*known.values()).product_tmpl_id
        variants = templates.with_context(active_test=False).product_variant_ids
        taken = self.taken(variants.ids) if variants else set()
        taken |= {step.product.id for step in self._steps.values() if step.product}
        by_page = self._sisters.grouped("parent_id")
        for page, steps in new.items():
            # One prefetch for all pages, or each would ask the database for its own.
            own = known[page].product_tmpl_id.with_prefetch(templates._prefetch_ids)
            Family(page, by_page[page], own, self._shared).decide(steps, taken)

    def _known_products(self, pages):
        """{page: products that its rows have, or get by this plan}."""
        found = {page: {} for page in pages}
        for row in self._sisters:
            step = self._steps.get(row)
            product = (step and step.product) or (row.match_state == "linked" and row.product_id)
            if product and row.parent_id in found:
                found[row.parent_id][product.id] = row.on_site
        browse = self.env["product.product"].browse
        every = browse([each for ids in found.values() for each in ids])
        # A simple product that became one with variants left the site: theirs is another.
        former = {product.id for product in every if not has_variants(product.product_tmpl_id)}
        return {
            page: browse(
                [each for each, on_site in ids.items() if on_site or each not in former]
            ).with_prefetch(every._prefetch_ids)
            for page, ids in found.items()
        }

    def _check_taxes(self):
        for step in self._steps.values():
            page = step.row.parent_id
            if step.action in ("create", "variant") and self._shared.taxes.lacks(page):
                reason = self.env._(
                    "The company has no sales tax of %(rate)s %%. Choose one under VAT Rates.",
                    rate=f"{page.tax_percent:g}",
                )
                step.leave("problem", reason)

    def _check_barcodes(self):
        """An EAN that is not free is left out: Odoo would refuse the whole product."""
        steps = [s for s in self._steps.values() if s.action in ("create", "variant", "join")]
        eans = {step.row.ean.strip() for step in steps if step.row.ean} - {""}
        repeated = self._repeated("ean", {ean.lower() for ean in eans}) if eans else set()
        taken = self._taken_barcodes(list(eans)) if eans else set()
        for step in steps:
            ean = (step.row.ean or "").strip()
            if ean in taken:
                step.notes.append(self.env._("Another product has the EAN %s already.", ean))
            elif ean.lower() in repeated:
                step.notes.append(self.env._("Several rows of the site have the EAN %s.", ean))
            else:
                step.barcode = ean

    def _taken_barcodes(self, eans):
        """Of any company, as Odoo sees it for a product that companies share."""
        self.env["product.product"].flush_model(["barcode", "active"])
        self.env["product.uom"].flush_model(["barcode"])
        self.env.cr.execute(
            """
            SELECT barcode FROM product_product WHERE barcode = ANY(%s) AND active
             UNION SELECT barcode FROM product_uom WHERE barcode = ANY(%s)
            """,
            (eans, eans),
        )
        return {barcode for (barcode,) in self.env.cr.fetchall()}

    def _note_prices(self):
        for step in self._steps.values():
            if step.action in ("create", "variant", "join") and not step.row.price_gross:
                step.notes.append(self.env._("The site's price is zero."))

    def _price_families(self, plan):
        for _page, steps in plan.families():
            prices = {
                step: ([(same(name), same(value)) for name, value in step.options.items()],
                       step.row.price_gross)
                for step in steps
            }  # fmt: skip
            list_price, extras, misfits = split_prices(prices)
            for step in steps:
                step.list_price = list_price
                step.extras = {name: extras.get((same(name), same(value)), 0.0)
                               for name, value in step.options.items()}  # fmt: skip
            for step in misfits:
                step.note_price()
