"""Taking rows of the staging list over into the catalogue.

Linking never writes to the product. Creating makes one product per page of the site, with
the variants the site has; where a page already has a product here, its missing variants join
it. What happens is what the plan of the rows says, and the plan is what the preview shows.

Rows go in chunks, each in a transaction of its own. A chunk that fails is done again page by
page, so the bad page keeps its error and the others get in. A killed chunk is repeated by the
job runner: its rows are either all done or all untouched."""

import psycopg2

from odoo import fields, models
from odoo.exceptions import UserError

from .concurrency import making
from .import_planner import Planner

PAGES = 400  # of one chunk: a few seconds, most of them Odoo's create()
# What is wrong with one page, as opposed to the database or the program.
OF_THE_PAGE = (UserError, ValueError, psycopg2.IntegrityError, psycopg2.DataError)


class MerchantProVariant(models.Model):
    _inherit = "merchantpro.variant"

    import_id = fields.Many2one("merchantpro.import", index="btree_not_null", ondelete="set null")
    import_plan = fields.Char(help="What the import is to do with the row, as it was previewed.")

    def import_to_catalog(self):
        """Link the matched rows and create products for the new ones, as jobs of many pages
        each; rows in any other state are left. Safe to repeat. Returns the `merchantpro.import`
        records that tell what became of it."""
        rows = self._as_system()
        imports = rows.env["merchantpro.import"]
        for shop, part in rows.grouped("shop_id").items():
            imports |= imports._begin(shop, part)
        return imports.sudo(self.env.su)

    def _import_plan(self, shop):
        """The Plan of rows of a shop, as the import will see them; nothing is written."""
        context = {
            # Odoo gives a new product the default taxes of the companies not listed here.
            "allowed_company_ids": shop.company_id.ids,
            "tracking_disable": True,
        }
        return Planner(shop._as_system().with_context(**context), self).plan()

    def action_preview_import(self):
        """Show what Import will do with these rows, before it does it."""
        return self.env["merchantpro.import.preview"]._open(self.shop_id, self)

    def _chunks(self):
        """The rows, PAGES pages at a time, in the order of the site."""
        pages = self.parent_id.sorted("id")
        by_page = self.grouped("parent_id")
        for start in range(0, len(pages), PAGES):
            rows = [row.id for page in pages[start : start + PAGES] for row in by_page[page]]
            yield self.browse(rows)

    def _job_import(self):
        """Import what is still to do of a chunk; then, and on failure, its rows say so."""
        rows = self.exists()._lock_families().filtered(lambda row: row._awaits_import())
        if rows:
            rows._import_chunk()

    def _import_chunk(self, plan=None):
        """`plan`: a fresh one of these rows, if there is one."""
        try:
            with self.env.cr.savepoint():
                self._import_rows(plan)
        except OF_THE_PAGE:
            for rows in self.grouped("parent_id").values():
                rows._import_page()

    def _awaits_import(self):
        return self.import_plan and self.match_state in ("matched", "new")

    def _lock_families(self):
        """One worker at a page: which variant makes the product and which join it depends on
        all of them. Who waited here fails as not serialisable and starts again, then seeing
        what the other did. Not FOR UPDATE: that would hold up the stock moves that note
        changes of these rows."""
        self.env.cr.execute(
            """
            SELECT id FROM merchantpro_variant
             WHERE parent_id IN (SELECT parent_id FROM merchantpro_variant WHERE id = ANY(%s))
             ORDER BY id FOR NO KEY UPDATE
            """,
            (self.ids,),
        )
        return self

    def _import_page(self):
        busy = self.env._("Another process is importing the same rows.")
        try:
            with (
                making(self.env, busy, self, self.env["merchantpro.tax"]),
                self.env.cr.savepoint(),
            ):
                self._import_rows()
        except OF_THE_PAGE as error:
            self.write({"import_error": self._told(error).strip()})

    def _import_rows(self, plan=None):
        plan = plan or self._import_plan(self.shop_id)
        plan.leave_changed({row.id: row.import_plan for row in self})
        self.with_env(plan.env)._carry_out(plan)
        plan.keep_reasons()

    def _import_failed(self, exc_message=None, **_values):
        """The job of these rows ended with an error of the program or the database."""
        rows = self.exists().filtered(lambda row: row._awaits_import())
        rows.write({"import_error": exc_message or self.env._("The import was interrupted.")})
