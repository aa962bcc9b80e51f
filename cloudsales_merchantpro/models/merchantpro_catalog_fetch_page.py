"""What one page of the site's list had. Insert only: thousands of pages do not rewrite one
row, and people's clicks do not wait for a page."""

from odoo import fields, models

LARGEST = 2**31 - 1  # of an integer column; the site's numbers are not to be trusted


class MerchantProCatalogFetchPage(models.Model):
    _name = "merchantpro.catalog.fetch.page"
    _description = "MerchantPro Catalogue Page"
    _order = "start"

    fetch_id = fields.Many2one(
        "merchantpro.catalog.fetch",
        string="Catalogue Reading",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="fetch_id.company_id", store=True)
    start = fields.Integer(required=True)
    next_start = fields.Integer(string="Next Row", help="The row after this page.")
    is_last = fields.Boolean()
    total = fields.Integer(help="Products of the site, as it told with this page.")
    product_count = fields.Integer()
    variant_count = fields.Integer()
    external_ids = fields.Json(string="Site IDs")
    problems = fields.Json(help="Ids of the site, and why that row could not be read.")

    _start_uniq = models.UniqueIndex("(fetch_id, start)")

    def _claim(self, fetch, start):
        """The row of this page, made now; none when another job has stored it already."""
        self.env.cr.execute(
            """
            INSERT INTO merchantpro_catalog_fetch_page
                   (fetch_id, company_id, start, create_uid, create_date, write_uid, write_date)
            VALUES (%(fetch)s, %(company)s, %(start)s, %(user)s, %(now)s, %(user)s, %(now)s)
            ON CONFLICT (fetch_id, start) DO NOTHING RETURNING id
            """,
            {
                "fetch": fetch.id,
                "company": fetch.company_id.id,
                "start": start,
                "user": self.env.uid,
                "now": fields.Datetime.now(),
            },
        )
        claimed = self.browse([row_id for (row_id,) in self.env.cr.fetchall()])
        fetch.invalidate_recordset(["page_ids"])
        return claimed

    def _fill(self, page, products, unreadable, problems):
        """Keep what the api Page had: `products` were understood, `unreadable` were not, and
        `problems` ({id: why}) is what to tell people."""
        after = page.start + len(page.rows)
        self.write(
            {
                "next_start": after if page.next_start is None else page.next_start,
                "is_last": page.next_start is None,
                "total": min(after if page.total is None else page.total, LARGEST),
                "product_count": len(products),
                "variant_count": sum(len(product.variants) for product in products),
                "external_ids": [*(product.id for product in products), *unreadable],
                "problems": problems or False,
            }
        )

    def _seen(self):
        """How many different products the pages had."""
        self.flush_recordset(["external_ids"])
        self.env.cr.execute(
            """
            SELECT count(DISTINCT external_id)
              FROM merchantpro_catalog_fetch_page,
                   jsonb_array_elements_text(external_ids) AS external_id
             WHERE id = ANY(%s)
            """,
            (self.ids,),
        )
        return self.env.cr.fetchone()[0]
