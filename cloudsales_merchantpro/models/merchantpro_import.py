"""One import: what was to be done, what was done, and the difference, row by row.

The figures of what was done are counted from the rows of the staging list. No chunk writes
here, so any number of them work at once; the last job only waits until no row is left."""

from collections import Counter

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

from .import_plan import DUE, FIGURES
from .merchantpro_variant_import import OF_THE_PAGE

NAMED = 50  # rows that a message names one by one


class MerchantProImport(models.Model):
    _name = "merchantpro.import"
    _description = "MerchantPro Import"
    _inherit = "merchantpro.job"
    _order = "id desc"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    state = fields.Selection(
        [("running", "Importing"), ("done", "Done")], default="running", required=True
    )
    planned = fields.Json(help="The figures of the preview.")
    made = fields.Json(help="How many shared records were made.")
    row_ids = fields.One2many("merchantpro.variant", "import_id")
    changed_ids = fields.Many2many(
        "merchantpro.variant", help="Rows that changed between the preview and the import."
    )
    progress = fields.Float(compute="_compute_progress")
    summary = fields.Html(compute="_compute_summary", string="Planned and Done")
    error_count = fields.Integer(compute="_compute_progress", string="Not Imported")

    @api.depends("shop_id", "create_date")
    def _compute_display_name(self):
        for run in self:
            date = fields.Datetime.context_timestamp(run, run.create_date)
            run.display_name = f"{run.shop_id.name}, {date:%Y-%m-%d %H:%M}"

    def _compute_progress(self):
        rows = self.env["merchantpro.variant"]
        for run in self:
            total = rows.search_count([("import_id", "=", run.id)])
            waiting = rows.search_count(run._waiting_rows())
            run.progress = 100.0 * (total - waiting) / total if total else 100.0
            run.error_count = rows.search_count(run._differences()) if run.state == "done" else 0

    def _compute_summary(self):
        for run in self:
            run.summary = run._figures_table()

    # Beginning

    @api.model
    def _begin(self, shop, rows, planned=None, figures=None):
        """Start the import of rows of one shop, with all rights; returns its record, empty when
        nothing is to do. `planned` is {row id: the key of its step} of the preview that a person
        saw, and `figures` that preview's: what would not be the same any more is left and told."""
        rows = rows.filtered(lambda row: row.match_state in ("matched", "new"))
        if planned is not None:
            rows = rows.browse(planned).exists()
        if not rows:
            return self
        rows._lock_families()
        plan = rows._import_plan(shop)
        changed = plan.leave_changed(planned) if planned is not None else []
        plan.keep_reasons()
        plan.shared.taxes.ask()
        if not plan.due and not changed:
            return self
        run = self.create(
            {
                "shop_id": shop.id,
                "planned": figures or plan.figures(),
                "changed_ids": [Command.set([step.row.id for step in changed])],
            }
        )
        run.made = run._make_shared(plan)
        run._mark(plan.due)
        if run._at_once():
            run._do(plan)
        else:
            run._enqueue(rows.browse(step.row.id for step in plan.due))
        return run

    def _make_shared(self, plan):
        """Make what many pages share before they are done in parallel. What cannot be made
        is the error of the pages that want it, so it is tried again with each of them."""
        try:
            with self.env.cr.savepoint():
                return plan.shared.make(plan)
        except OF_THE_PAGE:
            return {}

    def _mark(self, steps):
        rows = self.env["merchantpro.variant"].browse(step.row.id for step in steps)
        rows.write({"import_id": self.id, "import_error": False})
        by_key = {}
        for step in steps:
            by_key.setdefault(step.key, []).append(step.row.id)
        for key, ids in by_key.items():
            rows.browse(ids).import_plan = key

    def _do(self, plan):
        rows = self.env["merchantpro.variant"].browse(step.row.id for step in plan.due)
        for chunk in rows._chunks():
            # In this transaction nothing has changed since, unless what is shared was not made.
            chunk._import_chunk(plan.part(chunk) if self.made else None)
        self._finish()

    def _enqueue(self, rows):
        for chunk in rows._chunks():
            chunk.with_delay(
                description=self.env._("MerchantPro: import %s products", len(chunk)),
                identity_key=f"merchantpro.import:{self.id}:{chunk[:1].id}",
            )._job_import()
        self.with_delay(
            description=self.env._("MerchantPro: tell what was imported"),
            identity_key=f"merchantpro.import.finish:{self.id}",
            priority=20,
        )._job_finish()

    # Ending

    def _job_finish(self):
        """Wait for the last row: the chunks run in parallel, and none knows of the others."""
        if self.exists() and self.state == "running":
            if self.env["merchantpro.variant"].search_count(self._waiting_rows(), limit=1):
                raise RetryableJobError("Rows are waiting", seconds=15, ignore_retry=True)
            self._finish()

    def _finish(self):
        self.state = "done"
        self.shop_id.message_post(body=self._figures_table() + self._differences_list())
        linked = self.row_ids.filtered(lambda row: row.match_state == "linked")
        self.env["merchantpro.order"]._retry_linked(linked)

    def _waiting_rows(self):
        """Domain of the rows that are still to do."""
        return [
            ("import_id", "=", self.id),
            ("match_state", "in", ("matched", "new")),
            ("import_error", "=", False),
        ]

    def _differences(self):
        """Domain of the rows that are not linked although they were to be."""
        left = Domain("import_id", "=", self.id) & Domain("match_state", "!=", "linked")
        return left | Domain("id", "in", self.changed_ids.ids)

    def _done_figures(self):
        """The figures of the plan, counted from what became of its rows."""
        linked = [("import_id", "=", self.id), ("match_state", "=", "linked")]
        groups = self.env["merchantpro.variant"]._read_group(linked, ["import_plan"], ["__count"])
        count = Counter()
        for plan, number in groups:
            count[(plan or "").split(":")[0]] += number
        families = self.env["merchantpro.variant"]._read_group(
            [*linked, ("import_plan", "=like", "variant:%")], ["parent_id"]
        )
        return {
            **(self.made or {}),
            **{action: count[action] for action in DUE},
            "family": len(families),
        }

    def _figures_table(self):
        labels = self._figure_labels()
        planned, done = self.planned or {}, self._done_figures()
        lines = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (labels[name], planned[name], done.get(name, 0) if name in done else "")
            for name in FIGURES
            if planned.get(name) or done.get(name)
        )
        return Markup(
            "<table class='table table-sm'><tr><th>%s</th><th>%s</th><th>%s</th></tr>%s</table>"
        ) % (self.env._("Import"), self.env._("Planned"), self.env._("Done"), lines)

    def _differences_list(self):
        rows = self.env["merchantpro.variant"].search(self._differences())
        if not rows:
            return Markup("<p>%s</p>") % self.env._("Everything was done as planned.")
        lines = Markup().join(
            Markup("<li>%s: %s</li>")
            % (row.display_name, row.import_error or row.match_reason or "")
            for row in rows[:NAMED]
        )
        head = self.env._("%s rows were not imported:", len(rows))
        return Markup("<p>%s</p><ul>%s</ul>") % (head, lines)

    def _figure_labels(self):
        fields = self.env["merchantpro.import.preview"]._fields
        return {name: fields[f"{name}_count"]._description_string(self.env) for name in FIGURES}

    # Screens

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_open_rows(self):
        return self._open([("import_id", "=", self.id)])

    def action_open_differences(self):
        return self._open(self._differences())

    def _open(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cloudsales_merchantpro.merchantpro_variant_action"
        )
        return {**action, "domain": list(domain), "context": {}}
