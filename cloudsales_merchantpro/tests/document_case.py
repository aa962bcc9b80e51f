"""An order in two VAT rates, with delivery, and the rules that issue its documents."""

from .change_case import ChangeCase


class DocumentCase(ChangeCase):
    draws = False  # whether the job that draws the PDF of an invoice runs

    @classmethod
    def _prepare_once(cls):
        cls.to_draw = []
        if not cls.draws:
            invoices = cls.env.registry["account.move"]
            later = cls.to_draw.extend
            cls.classPatch(invoices, "_merchantpro_document_later", lambda moves: later(moves))
        super()._prepare_once()

    def rule_run(self, action, event="confirmed", sale=None, picking=None):
        """A run of a rule, as the event notes it; it is not started."""
        # Archived, so that the event itself does not note another: the tests start what runs.
        rule = self.env["merchantpro.rule"].create(
            {"name": action, "event": event, "action": action, "active": False}
        )
        return self.env["merchantpro.rule.run"].create(
            {
                "rule_id": rule.id,
                "order_id": (sale or self.sale).id,
                "picking_id": picking and picking.id,
            }
        )

    def do(self, action, **values):
        """What the rule says that it did."""
        run = self.rule_run(action, **values)
        return getattr(run.rule_id, f"_do_{action}")(run)

    @property
    def invoices(self):
        return self.sale._merchantpro_invoices()

    def ship(self, quantities):
        """Validate the open delivery with {product: quantity}, the rest stays on a back order."""
        picking = self.sale.picking_ids.filtered(lambda each: each.state == "assigned")
        for move in picking.move_ids:
            move.quantity = quantities.get(move.product_id, 0)
            move.picked = bool(move.quantity)
        picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()
        self.assertEqual(picking.state, "done")
        return picking
