"""A picture of the site: of a product page, or of one variant. Staged like the page itself, and
taken only for products that the site created.

`content_hash` is of the bytes that were taken; `set_checksum` is what Odoo then stored for them.
As long as the product still has that, nobody has put another picture in its place.
"""

import json

from odoo import fields, models
from odoo.tools import SQL

MOST = 50  # pictures of one page; what comes after them is not staged


class MerchantProImage(models.Model):
    _name = "merchantpro.image"
    _description = "MerchantPro Picture"
    _inherit = "merchantpro.job"
    _order = "parent_id, sequence, id"
    _rec_name = "url"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    parent_id = fields.Many2one(
        "merchantpro.product", string="Page", required=True, ondelete="cascade"
    )
    variant_id = fields.Many2one(
        "merchantpro.variant",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: a picture of the whole page.",
    )
    url = fields.Char(string="Address", required=True)
    site_hash = fields.Char(help="The site's own fingerprint of the picture.")
    caption = fields.Char()
    sequence = fields.Integer()
    is_main = fields.Boolean(string="Main")
    on_site = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("new", "On the Site"),
            ("waiting", "Waiting"),
            ("done", "Taken"),
            ("failed", "Failed"),
            ("skipped", "Left Alone"),
        ],
        default="new",
        required=True,
        index=True,
        help="On the Site: not asked for, or changed since it was taken."
        " Left Alone: the product has another picture, or is not one that the site created.",
    )
    error = fields.Text()
    attempts = fields.Integer(help="Tries that failed and may succeed later.")
    content_hash = fields.Char()
    set_checksum = fields.Char()
    mimetype = fields.Char(string="Type")
    size = fields.Integer(string="Bytes")
    document_id = fields.Many2one("product.document", ondelete="set null", index="btree_not_null")

    # The address by its hash: it may be longer than what PostgreSQL can index.
    _site_uniq = models.UniqueIndex(
        "(parent_id, COALESCE(variant_id, 0), md5(url))", "The picture is already in the list."
    )

    def action_retry(self):
        """Try again what failed or was left alone."""
        self.filtered(lambda row: row.state in ("failed", "skipped"))._queue()

    def _queue(self, **values):
        """Have these pictures taken, or taken away where they left the site."""
        self.write({"state": "waiting", "error": False, "attempts": 0, **values})
        self.parent_id._queue_pictures()

    # What the site sent

    def _keep_up(self, pages, parsed):
        """Bring the rows of pages of one shop in line with a list of api Products, in one
        statement. What did not change is not written; what was never taken goes when it leaves
        the site."""
        if not pages:
            return
        sent = self._sent(pages, {each.id: each for each in parsed})
        self.flush_model()
        self.env.cr.execute(_keep_up_query(self.env, pages, sent))
        self.invalidate_model()
        pages.invalidate_recordset(["image_ids"])

    def _sent(self, pages, products):
        """The values of all pictures of `pages`; `products` are by external id."""
        variants = self._variant_ids(pages, [products[page.external_id] for page in pages])
        return [
            {"parent_id": page.id, **one}
            for page in pages
            for one in [
                *_page_pictures(products[page.external_id]),
                *_variant_pictures(products[page.external_id], variants),
            ]
        ]

    def _variant_ids(self, pages, products):
        """{external id: id} of the variants that have pictures of their own."""
        wanted = [one.id for each in products for one in _with_own_picture(each)]
        if not wanted:
            return {}
        found = self.env["merchantpro.variant"].search_fetch(
            [("parent_id", "in", pages.ids), ("external_id", "in", wanted)], ["external_id"]
        )
        return {row.external_id: row.id for row in found}


class MerchantProProduct(models.Model):
    _inherit = "merchantpro.product"

    image_ids = fields.One2many("merchantpro.image", "parent_id", string="Pictures")

    def _upsert(self, shop, parsed):
        changed = super()._upsert(shop, parsed)
        self.env["merchantpro.image"]._keep_up(changed, parsed)
        return changed


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    image_ids = fields.One2many(related="parent_id.image_ids", string="Pictures")


def _page_pictures(product):
    main = next((each for each in product.images if each.is_default), None)
    main = main or next(iter(product.images), None)
    unique = {each.url: each for each in product.images[:MOST] + ((main,) if main else ())}
    return [
        {
            "variant_id": None,
            "url": each.url,
            "site_hash": each.hash,
            "caption": each.caption,
            "sequence": number,
            "is_main": each.url == main.url,
        }
        for number, each in enumerate(unique.values())
    ]


def _with_own_picture(product):
    """The variants whose picture is not simply that of the page."""
    main = {each["url"] for each in _page_pictures(product) if each["is_main"]}
    return [
        each
        for each in product.variants
        if each.image_url and each.id != product.id and each.image_url not in main
    ]


def _variant_pictures(product, variants):
    hashes = {each.url: each.hash for each in product.images}
    return [
        {
            "variant_id": variants[each.id],
            "url": each.image_url,
            "site_hash": hashes.get(each.image_url, ""),
            "caption": each.name,
            "sequence": 0,
            "is_main": False,
        }
        for each in _with_own_picture(product)
        if each.id in variants
    ]


def _keep_up_query(env, pages, sent):
    same = SQL(
        "image.parent_id = sent.parent_id AND image.url = sent.url"
        " AND COALESCE(image.variant_id, 0) = COALESCE(sent.variant_id, 0)"
    )
    return SQL(
        """
        WITH sent AS (
            SELECT * FROM jsonb_to_recordset(%(sent)s) AS sent(
                parent_id integer, variant_id integer, url varchar, site_hash varchar,
                caption varchar, sequence integer, is_main boolean)
        ), added AS (
            INSERT INTO merchantpro_image (
                shop_id, company_id, parent_id, variant_id, url, site_hash, caption, sequence,
                is_main, on_site, state, attempts, create_uid, create_date, write_uid, write_date)
            SELECT %(shop)s, %(company)s, sent.*, true, 'new', 0, %(uid)s, now, %(uid)s, now
              FROM sent CROSS JOIN (SELECT now() AT TIME ZONE 'UTC' AS now) AS clock
             WHERE NOT EXISTS (SELECT FROM merchantpro_image image WHERE %(same)s)
            ON CONFLICT DO NOTHING
        ), changed AS (
            UPDATE merchantpro_image image
               SET site_hash = sent.site_hash, caption = sent.caption, sequence = sent.sequence,
                   is_main = sent.is_main, on_site = true,
                   state = CASE
                       WHEN image.state <> 'waiting' AND (
                           image.site_hash IS DISTINCT FROM sent.site_hash
                           OR image.is_main IS DISTINCT FROM sent.is_main)
                       THEN 'new' ELSE image.state END,
                   -- Its place changed: what is known of the old one does not hold.
                   content_hash = CASE
                       WHEN image.is_main = sent.is_main THEN image.content_hash END
              FROM sent
             WHERE %(same)s
               AND (image.site_hash, image.caption, image.sequence, image.is_main, image.on_site)
                   IS DISTINCT FROM
                   (sent.site_hash, sent.caption, sent.sequence, sent.is_main, true)
        ), gone AS (
            UPDATE merchantpro_image image SET on_site = false
             WHERE image.parent_id = ANY(%(pages)s) AND image.on_site
               AND image.set_checksum IS NOT NULL
               AND NOT EXISTS (SELECT FROM sent WHERE %(same)s)
        )
        DELETE FROM merchantpro_image image
         WHERE image.parent_id = ANY(%(pages)s) AND image.set_checksum IS NULL
           AND NOT EXISTS (SELECT FROM sent WHERE %(same)s)
        """,
        sent=json.dumps(sent),
        shop=pages.shop_id.id,
        company=pages.shop_id.company_id.id,
        uid=env.uid,
        pages=pages.ids,
        same=same,
    )
