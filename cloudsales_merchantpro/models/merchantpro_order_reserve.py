"""Reserving what an imported order needs, one batch of a warehouse at a time.

    worker A                              worker B
    reserves the last mug
                                          skips the row that A has locked, as Odoo does, and
                                          reserves the same mug
    commits                               commits: one mug, two buyers

And where A has committed, B fails to lock the row and imports its whole batch again; every
batch has something in it that is in another one. So a job only makes and confirms the sales
orders, which is most of the work and touches nothing that orders share. A second one, written in
the same transaction, reserves for them, and waits for its turn.
"""

from odoo import fields, models

from .concurrency import begin_again

LOCK = 0x4D50_5256
# Before the next orders are imported, so that who ordered first has the goods.
PRIORITY = 5
WITHOUT_GOODS = ("confirmed", "waiting")


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    # Until it is reserved, what it takes is still a demand: else the shops would offer it again.
    to_reserve = fields.Boolean(readonly=True, copy=False)

    def _reserve(self):
        """Reserve the goods of imported orders: at once, or in a job of their own."""
        if not self._in_job():
            self._job_reserve()
            return
        self.to_reserve = True
        numbers = ", ".join(self.mapped("external_id"))
        self.with_delay(
            description=self.env._("MerchantPro: reserve the goods of orders %s", numbers),
            priority=PRIORITY,
        )._job_reserve()

    def _job_reserve(self):
        """Operation types may leave the reserving to a person or to a day; what the shop's buyer
        was promised is reserved now, else another shop sells it again."""
        moves = self.exists().sale_order_id.picking_ids.move_ids
        moves = moves.filtered(lambda move: move.state in WITHOUT_GOODS)
        for warehouse in moves.picking_type_id.warehouse_id.sorted("id"):
            self._take_turn(warehouse)
        moves._action_assign()
        self.exists().to_reserve = False

    def _take_turn(self, warehouse):
        """Until the end of the transaction nobody else reserves for orders of shops there."""
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (LOCK, warehouse.id))
        if not self.env.cr.fetchone()[0]:
            # To wait here would not help: what is free was looked up when the transaction began.
            begin_again(self.env, self.env._("Another process reserves goods there."))
