"""At the cut-off, all that is to be ordered from a supplier for a warehouse becomes one purchase.

    worker A                              worker B
    takes the supplier's lock
    locks the needs, looks again
                                          does not get the lock: begins again, later
    creates the purchase, commits
                                          finds the needs ordered: nothing to do

A worker whose transaction began before A's ended fails to lock the rows that A wrote, and begins
again too; and no two drafts of one cut-off are possible in the database. Whoever is killed in the
middle has ordered nothing: the purchase, what is written on its needs, and the mail that waits to
be sent are of one transaction. What keeps one supplier from being ordered from is on its needs."""

import hashlib
import logging

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from .concurrency import begin_again, making
from .merchantpro_order_process import AGAIN
from .purchase_need import TO_ORDER

_logger = logging.getLogger(__name__)


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    def consolidate(self):
        """Order what of these is to be ordered: one purchase per company, warehouse and supplier.
        At once, or in a job for each of them. Returns True."""
        if not self.env.su:
            if not self.env.user.has_group("purchase.group_purchase_user"):
                raise AccessError(self.env._("Only who may purchase can order needs."))
            self.check_access("write")
        self.sudo()._consolidate()
        return True

    def _consolidate(self, day=None):
        """`day`: local date, as text, of the cut-off that orders them; None for a person."""
        for (company, warehouse, supplier), needs in self._groups().items():
            if needs._at_once():
                needs._job_consolidate(day)
            else:
                needs.with_delay(
                    description=self.env._("MerchantPro: order from %s", supplier.display_name),
                    identity_key=f"purchase.need:{company.id}:{warehouse.id}:{supplier.id}"
                    f":{sorted(needs.ids)}",
                )._job_consolidate(day)

    def _groups(self):
        """{(company, warehouse, supplier): those of these needs that are to be ordered}."""
        open_needs = self.exists().filtered(
            lambda need: need.state == "open" and need.supplier_id and need.quantity
        )
        return open_needs.grouped(
            lambda need: (need.company_id, need.warehouse_id, need.supplier_id)
        )

    def _job_consolidate(self, day=None):
        """Order these, of one supplier; again what is not to be ordered any more by now."""
        needs = self.exists()._hold()
        needs._balance_products(needs.product_id)
        needs = needs.exists().filtered(lambda need: need.state in TO_ORDER)
        needs._refresh_terms()
        for group in needs._groups().values():
            group._buy(day)

    def _hold(self):
        """These, while nobody else orders them or from their supplier."""
        places = {(need.company_id.id, need.warehouse_id.id, need.supplier_id.id) for need in self}
        # A person may have chosen another supplier since; always in one sequence, so that no two
        # workers wait for each other.
        for company, warehouse, supplier in sorted(places):
            name = f"purchase.need:{company}:{warehouse}:{supplier}"
            digest = hashlib.sha256(name.encode()).digest()
            lock = int.from_bytes(digest[:8], "big", signed=True)
            self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s)", (lock,))
            if not self.env.cr.fetchone()[0]:
                begin_again(self.env, self.env._("Another process orders from this supplier."))
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM purchase_need WHERE id = ANY(%s) ORDER BY id FOR UPDATE", (self.ids,)
        )
        self.invalidate_recordset()
        return self.exists()

    def _refresh_terms(self):
        """Suppliers and products may have changed, or been archived, since the need arose."""
        without = self.filtered(lambda need: not need.supplier_id)
        without._choose()
        self._check_orderable()

    def _buy(self, day=None):
        """Order these, of one supplier; if that fails, they say why and stay on the list."""
        context = clean_context(self.env.context)
        quiet = self.with_context(context, needs_quiet=True, tracking_disable=True)
        busy = self.env._("Another process orders from this supplier.")
        try:
            with making(self.env, busy, self.env["purchase.order"]), self.env.cr.savepoint():
                order = quiet.with_company(self.company_id)._make_purchase(day)
                quiet._note_ordered(order)
                order._go_on(quiet)
        except AGAIN:
            raise
        except Exception as error:
            quiet.write({"problem": self._why_not(error)})
        self._balance_products(self.product_id)

    def _why_not(self, error):
        if isinstance(error, UserError):
            return self._told(error)
        supplier = self.supplier_id
        _logger.error("Ordering from %s (%s) failed", supplier.name, supplier.id, exc_info=error)
        return self.env._(
            "Ordering failed in a way nobody foresaw (%s). The server's log says where.",
            type(error).__name__,
        )

    def _note_ordered(self, order):
        """Write on each need what it was ordered with."""
        now = fields.Datetime.now()
        by_line = self.grouped(lambda need: (need.product_id, need._purchase_unit()))
        for line in order.order_line.filtered("need_qty"):
            needs = by_line.get((line.product_id, line.product_uom_id), self.browse())
            values = {
                "state": "ordered",
                "purchase_line_id": line.id,
                "ordered_at": now,
                "date_planned": line.date_planned,
                "problem": False,
                "reason": False,
            }
            less = needs.filtered(lambda need: need.quantity < need.missing_qty)
            (needs - less).write(values)
            for need in less:
                # A person ordered less; the balance puts the rest on the list again.
                need.write(values | {"missing_qty": need.quantity, "quantity": need.quantity})
