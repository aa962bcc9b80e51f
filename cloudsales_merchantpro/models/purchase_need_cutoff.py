"""When needs are ordered, and how far that goes by itself: for a company, and for suppliers who
want it otherwise."""

from odoo import api, fields, models

from ..api.cutoff import last_cutoff, next_cutoff

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ZONE = "Europe/Bucharest"


class PurchaseNeedCutoff(models.Model):
    _name = "purchase.need.cutoff"
    _description = "Cut-Off of Purchase Needs"
    _order = "company_id, partner_id"
    _check_company_auto = True
    _rec_names_search = ("partner_id",)

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        check_company=True,
        ondelete="cascade",
        help="Empty: for all suppliers that have no cut-off of their own.",
    )
    active = fields.Boolean(default=True)
    hour = fields.Float(
        string="Time",
        default=17.0,
        required=True,
        help="In the time zone of the company's contact.",
    )
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean(default=True)
    friday = fields.Boolean(default=True)
    saturday = fields.Boolean()
    sunday = fields.Boolean()
    then = fields.Selection(
        [
            ("draft", "Leave It as a Draft"),
            ("confirm", "Confirm It"),
            ("mail", "Confirm It and E-Mail It to the Supplier"),
        ],
        string="The Purchase",
        default="draft",
        required=True,
    )
    done_until = fields.Datetime(
        string="Last Cut-Off", readonly=True, copy=False, default=fields.Datetime.now
    )
    next_at = fields.Datetime(string="Next Cut-Off", compute="_compute_next_at")
    zone = fields.Char(string="Time Zone", compute="_compute_zone")
    purchase_needs_all_orders = fields.Boolean(
        related="company_id.purchase_needs_all_orders", readonly=False
    )
    purchase_needs_reordering = fields.Boolean(
        related="company_id.purchase_needs_reordering", readonly=False
    )

    _company_partner_uniq = models.UniqueIndex(
        "(company_id, coalesce(partner_id, 0))",
        "There is a cut-off for this supplier, or for the company, already.",
    )
    _hour_in_day = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24)", "The time must be between 0:00 and 23:59."
    )

    @api.depends("company_id", "partner_id")
    def _compute_display_name(self):
        for cutoff in self:
            cutoff.display_name = cutoff.partner_id.name or cutoff.company_id.name

    @api.depends("company_id.partner_id.tz")
    def _compute_zone(self):
        for cutoff in self:
            cutoff.zone = cutoff.company_id.partner_id.sudo().tz or ZONE

    @api.depends("hour", "zone", "active", *DAYS)
    def _compute_next_at(self):
        for cutoff in self:
            found = next_cutoff(fields.Datetime.now(), cutoff.hour, cutoff._weekdays(), cutoff.zone)
            cutoff.next_at = cutoff.active and found and found[1]

    def _weekdays(self):
        return {number for number, day in enumerate(DAYS) if self[day]}

    @api.model
    def _of(self, company, supplier):
        """That of this supplier, or of its company, or none."""
        both = self.sudo().search(
            [("company_id", "=", company.id), ("partner_id", "in", (False, supplier.id))]
        )
        return both.filtered("partner_id") or both[:1]

    def _next_day(self, company):
        """The local date, as text, of the cut-off that comes next; without cut-offs, today's. What
        is ordered until then shares a draft."""
        now = fields.Datetime.now()
        found = self and next_cutoff(now, self.hour, self._weekdays(), self.zone)
        if found:
            return fields.Date.to_string(found[0])
        today = self.with_context(tz=company.partner_id.sudo().tz or ZONE)
        return fields.Date.to_string(fields.Date.context_today(today))

    def _last(self, now):
        return last_cutoff(now, self.hour, self._weekdays(), self.zone)

    def _is_due(self):
        found = self._last(fields.Datetime.now())
        return bool(found and found[1] > (self.done_until or self.create_date))

    @api.model
    def _cron_consolidate(self):
        """Order what is due. Each cut-off is noted as done in the transaction that orders, or
        notes the jobs that do: one that was missed is made up for, and none is done twice."""
        needs = self.env["purchase.need"]
        for cutoff in self.search([("active", "=", True)]):
            if not cutoff._is_due():
                continue
            day, moment = cutoff._last(fields.Datetime.now())
            self.env.cr.execute(
                "SELECT id FROM purchase_need_cutoff WHERE id = %s FOR UPDATE", (cutoff.id,)
            )
            needs._balance_products(cutoff.company_id._missed_products())
            # No person waits for its words.
            lang = self.env["res.lang"]._get_code(cutoff.company_id.partner_id.lang)
            due = needs.with_context(lang=lang or None).search(cutoff._domain())
            due._consolidate(fields.Date.to_string(day))
            cutoff.done_until = moment

    def _domain(self):
        """The needs of this cut-off."""
        domain = [("company_id", "=", self.company_id.id), ("state", "in", ("open", "blocked"))]
        if self.partner_id:
            return [*domain, ("supplier_id", "=", self.partner_id.id)]
        own = self.search(
            [("company_id", "=", self.company_id.id), ("partner_id", "!=", False)]
        ).partner_id
        return [*domain, ("supplier_id", "not in", own.ids)]
