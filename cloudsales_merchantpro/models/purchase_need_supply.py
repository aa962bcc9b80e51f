"""What is missing, and what is there or comes, of products in all warehouses: a few queries,
however many orders there are.

Whatever leaves a warehouse counts, also for orders that make no needs: what comes is shared by
all. A move inside a warehouse is neither demand nor supply."""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ..api.need_balance import Demand, Line

# `s` of the source, `f` of where the goods are to end up.
OUTWARD = SQL(
    """
    s.warehouse_id IS NOT NULL AND s.usage IN ('internal', 'transit')
    AND f.warehouse_id IS DISTINCT FROM s.warehouse_id
    """
)
WAITING = ("waiting", "confirmed", "partially_available", "assigned")
FROM_MOVES = SQL(
    """
      FROM stock_move m
      JOIN stock_location s ON s.id = m.location_id
      JOIN stock_location d ON d.id = m.location_dest_id
      JOIN stock_location f ON f.id = coalesce(m.location_final_id, m.location_dest_id)
    """
)


class PurchaseNeed(models.Model):
    _inherit = "purchase.need"

    def _demands(self, products):
        """{(product id, warehouse id): [Demand]}, who ordered first comes first. Goods that are
        picked first and shipped then are counted where they leave the shelf."""
        self.env.cr.execute(
            SQL(
                """
                SELECT m.product_id, s.warehouse_id, m.sale_line_id,
                       CASE WHEN m.sale_line_id IS NULL THEN m.id END,
                       m.procure_method = 'make_to_order' AS bought,
                       sum(greatest(m.product_qty - coalesce(r.quantity, 0), 0))::float
                %(moves)s
                  LEFT JOIN sale_order_line l ON l.id = m.sale_line_id
                  LEFT JOIN sale_order o ON o.id = l.order_id
                  LEFT JOIN LATERAL (
                       SELECT sum(quantity_product_uom) AS quantity
                         FROM stock_move_line WHERE move_id = m.id) r ON TRUE
                 WHERE m.product_id = ANY(%(products)s) AND m.state IN %(waiting)s
                   AND m.state != 'assigned' AND %(outward)s
                   AND NOT EXISTS (
                       SELECT 1 FROM stock_move_move_rel rel
                         JOIN stock_move p ON p.id = rel.move_orig_id
                         JOIN stock_location ps ON ps.id = p.location_id
                         JOIN stock_location pf
                           ON pf.id = coalesce(p.location_final_id, p.location_dest_id)
                        WHERE rel.move_dest_id = m.id AND p.state NOT IN ('done', 'cancel')
                          AND ps.warehouse_id = s.warehouse_id
                          AND pf.warehouse_id IS DISTINCT FROM s.warehouse_id)
                 GROUP BY 1, 2, 3, 4, 5
                 ORDER BY min(coalesce(o.date_order, m.date)), 3, 4
                """,
                moves=FROM_MOVES,
                outward=OUTWARD,
                products=list(products.ids),
                waiting=WAITING,
            )
        )
        demands = defaultdict(list)
        for product, warehouse, line, move, bought, missing in self.env.cr.fetchall():
            key = line if line else ("move", move)
            demands[product, warehouse].append(Demand(key, missing, bought))
        return demands

    def _free(self, products):
        """{(product id, warehouse id): what lies there and is kept for nobody that leaves}."""
        self.env.cr.execute(
            SQL(
                """
                SELECT product_id, warehouse_id, sum(quantity)::float FROM (
                    SELECT q.product_id, s.warehouse_id, q.quantity
                      FROM stock_quant q JOIN stock_location s ON s.id = q.location_id
                     WHERE q.product_id = ANY(%(products)s) AND s.warehouse_id IS NOT NULL
                       AND s.usage IN ('internal', 'transit')
                     UNION ALL
                    SELECT m.product_id, s.warehouse_id, -ml.quantity_product_uom
                    %(moves)s
                      JOIN stock_move_line ml ON ml.move_id = m.id
                     WHERE m.product_id = ANY(%(products)s) AND m.state IN %(waiting)s
                       AND %(outward)s
                ) each GROUP BY 1, 2
                """,
                moves=FROM_MOVES,
                outward=OUTWARD,
                products=list(products.ids),
                waiting=WAITING,
            )
        )
        return {(product, warehouse): free for product, warehouse, free in self.env.cr.fetchall()}

    def _coming(self, products):
        """({(product id, warehouse id): {purchase line id: Line}}, {…: quantity that comes without
        a purchase}). Purchases that are not confirmed yet count: they are meant to come."""
        self.env.cr.execute(
            SQL(
                """
                SELECT m.product_id, d.warehouse_id, m.purchase_line_id, FALSE,
                       sum(m.product_qty)::float
                %(moves)s
                 WHERE m.product_id = ANY(%(products)s) AND m.state IN %(waiting)s
                   AND d.warehouse_id IS NOT NULL AND d.usage IN ('internal', 'transit')
                   AND s.warehouse_id IS DISTINCT FROM d.warehouse_id
                   AND f.warehouse_id = d.warehouse_id
                 GROUP BY 1, 2, 3
                 UNION ALL
                SELECT l.product_id, t.warehouse_id, l.id, TRUE, l.product_uom_qty::float
                  FROM purchase_order_line l
                  JOIN purchase_order o ON o.id = l.order_id
                  JOIN stock_picking_type t ON t.id = o.picking_type_id
                 WHERE l.product_id = ANY(%(products)s) AND l.product_uom_qty > 0
                   AND o.state IN ('draft', 'sent', 'to approve')
                   AND t.code = 'incoming' AND t.warehouse_id IS NOT NULL
                 ORDER BY 3
                """,
                moves=FROM_MOVES,
                products=list(products.ids),
                waiting=WAITING,
            )
        )
        lines, others = defaultdict(dict), defaultdict(float)
        for product, warehouse, line, draft, quantity in self.env.cr.fetchall():
            if line:
                lines[product, warehouse][line] = Line(quantity, draft)
            else:
                others[product, warehouse] += quantity
        return lines, others

    def _asking(self, products):
        """Ids of the sales order lines whose shop or company wants needs."""
        self.env.cr.execute(
            """
            SELECT DISTINCT l.id
              FROM stock_move m
              JOIN sale_order_line l ON l.id = m.sale_line_id
              JOIN sale_order o ON o.id = l.order_id
              JOIN res_company c ON c.id = o.company_id
              LEFT JOIN merchantpro_shop shop ON shop.id = o.merchantpro_shop_id
             WHERE m.product_id = ANY(%s) AND o.state = 'sale'
               AND m.state IN ('confirmed', 'partially_available', 'waiting')
               AND (shop.make_purchase_needs OR c.purchase_needs_all_orders)
            """,
            [list(products.ids)],
        )
        return {line for (line,) in self.env.cr.fetchall()}
