"""How far a reading is, how fast it goes, and when it will be through: added up from its
pages, in words for the person who waits."""

from odoo import api, fields, models
from odoo.tools.misc import formatLang

TOLD = 50  # problems that are listed; whoever has more has another problem
SILENT_MINUTES = 2


class MerchantProCatalogFetch(models.Model):
    _inherit = "merchantpro.catalog.fetch"

    # The speed is that of the time since somebody started it: a pause is no slowness.
    resumed_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    resumed_rows = fields.Integer(readonly=True)
    page_count = fields.Integer(string="Pages", compute="_compute_counts")
    row_count = fields.Integer(string="Rows Read", compute="_compute_counts")
    total = fields.Integer(string="Rows on the Site", compute="_compute_counts")
    product_count = fields.Integer(string="Products", compute="_compute_counts")
    variant_count = fields.Integer(string="Variants", compute="_compute_counts")
    read_at = fields.Datetime(string="Last Page", compute="_compute_counts")
    progress = fields.Float(compute="_compute_progress")
    rate = fields.Float(string="Rows per Minute", compute="_compute_rate", digits=(16, 1))
    seconds_left = fields.Integer(compute="_compute_rate")
    summary = fields.Char(compute="_compute_summary")
    message = fields.Text(compute="_compute_message", help="Rows that could not be read, and why.")

    def _prepare_clock_values(self):
        return {"resumed_at": fields.Datetime.now(), "resumed_rows": self.row_count}

    @api.depends("page_ids.next_start", "page_ids.total", "page_ids.variant_count")
    def _compute_counts(self):
        groups = self.env["merchantpro.catalog.fetch.page"]._read_group(
            [("fetch_id", "in", self.ids)],
            ["fetch_id"],
            ["__count", "next_start:max", "total:max", "product_count:sum", "variant_count:sum"]
            + ["create_date:max"],
        )
        counts = {fetch.id: values for fetch, *values in groups}
        for fetch in self:
            pages, rows, total, products, variants, read_at = counts.get(fetch.id, [0] * 6)
            fetch.page_count, fetch.row_count, fetch.total = pages, rows, total
            fetch.product_count, fetch.variant_count = products, variants
            fetch.read_at = read_at or False

    @api.depends("state", "row_count", "total")
    def _compute_progress(self):
        for fetch in self:
            share = fetch.row_count / fetch.total if fetch.total else 0.0
            fetch.progress = 100.0 if fetch.state == "done" else min(100.0 * share, 100.0)

    @api.depends("state", "row_count", "total", "resumed_at", "resumed_rows")
    def _compute_rate(self):
        now = fields.Datetime.now()
        for fetch in self:
            seconds = (now - (fetch.resumed_at or now)).total_seconds()
            rows = fetch.row_count - fetch.resumed_rows
            known = fetch.state == "running" and seconds >= 1 and rows > 0
            fetch.rate = 60.0 * rows / seconds if known else 0.0
            left = fetch.total - fetch.row_count
            fetch.seconds_left = round(left * seconds / rows) if known else 0

    @api.depends("state", "row_count", "total", "seconds_left", "read_at")
    def _compute_summary(self):
        for fetch in self:
            fetch.summary = fetch._words_of_state()

    def _words_of_state(self):
        read, total, products, variants = (
            formatLang(self.env, number, digits=0)
            for number in (self.row_count, self.total, self.product_count, self.variant_count)
        )
        if self.state == "done":
            return self.env._(
                "%(products)s products with %(variants)s variants",
                products=products,
                variants=variants,
            )
        if not self.total:
            return self.env._("Nothing read yet")
        far = self.env._("%(read)s of %(total)s", read=read, total=total)
        if self.state != "running":
            return far
        return ", ".join(filter(None, [far, self._words_of_time()]))

    def _words_of_time(self):
        silent = (fields.Datetime.now() - max(self.read_at, self.resumed_at)).total_seconds() // 60
        if silent >= SILENT_MINUTES:
            return self.env._("no page came for %s min", int(silent))
        minutes = round(self.seconds_left / 60)
        if not self.rate:
            return ""
        if minutes < 1:
            return self.env._("less than a minute left")
        if minutes < 60:
            return self.env._("about %s min left", minutes)
        return self.env._(
            "about %(hours)s h %(minutes)s min left", hours=minutes // 60, minutes=minutes % 60
        )

    @api.depends("note", "page_ids.problems")
    def _compute_message(self):
        for fetch in self:
            problems = [
                f"{external_id}: {why}"
                for page in fetch.page_ids
                for external_id, why in (page.problems or {}).items()
            ]
            more = len(problems) - TOLD
            lines = [fetch.note, *problems[:TOLD]]
            if more > 0:
                lines.append(self.env._("… and %s more", more))
            fetch.message = "\n".join(filter(None, lines)) or False
