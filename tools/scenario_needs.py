"""Run inside Odoo (`env` at hand): goods of the demonstration that have run out, who supplies them,
and the end of the day at which what orders miss is ordered."""

import datetime

from odoo import fields

from merchantpro_simulator import seed_orders

from .scenario_documents import found_or_made

SUPPLIERS = ("Distribuție Nord SRL", "Import Sud SRL", "Ceramica Vest SRL")
# Numbers of the shop's orders whose first goods have run out.
SHORT = range(30, 60, 5)


def prepare(env):
    """The goods of some orders are gone, and each supplier brings a part of the assortment."""
    shop = env["merchantpro.shop"].search([], limit=1)
    suppliers = [
        found_or_made(
            env["res.partner"],
            {"name": name},
            {"is_company": True, "lang": "ro_RO", "email": f"vanzari{n}@example.com"},
        )
        for n, name in enumerate(SUPPLIERS, 1)
    ]
    gone = {str(seed_orders.goods_of(number)) for number in SHORT}
    products = shop.variant_ids.filtered(lambda row: row.external_id in gone).product_id
    for place, product in enumerate(products.sorted("id")):
        supplier = suppliers[place % len(suppliers)]
        found_or_made(
            env["product.supplierinfo"],
            {"partner_id": supplier.id, "product_tmpl_id": product.product_tmpl_id.id},
            {"price": round(product.list_price * 0.6, 2), "delay": 2},
        )
        quants = env["stock.quant"]._gather(product, shop.order_warehouse_id.lot_stock_id)
        for quant in quants.with_context(inventory_mode=True):
            quant.inventory_quantity = 0
            quant.action_apply_inventory()
    shop.make_purchase_needs = True
    company = {"company_id": shop.company_id.id}
    found_or_made(env["purchase.need.cutoff"], company, {}).then = "mail"
    env.cr.commit()


def end_the_day(env):
    """The cut-off is due: the scheduled action orders, and the purchases go to their suppliers."""
    cutoff = env["purchase.need.cutoff"].search([], limit=1)
    cutoff.done_until = fields.Datetime.now() - datetime.timedelta(days=7)
    env.ref("cloudsales_merchantpro.cron_needs").sudo()._trigger()
    env.cr.commit()


def figures(env):
    needs = env["purchase.need"].search([])
    ordered = needs.filtered(lambda need: need.state == "ordered")
    purchases = ordered.purchase_line_id.order_id
    return {
        "needs": len(needs),
        "needs ordered": len(ordered),
        "purchases": len(purchases),
        "purchases mailed": env["mail.mail"].search_count(
            [
                ("state", "=", "sent"),
                ("model", "=", "purchase.order"),
                ("res_id", "in", purchases.ids),
            ]
        ),
    }


def problems(figures):
    wrong = []
    if not figures["needs"]:
        wrong.append("no needs")
    if figures["needs ordered"] != figures["needs"]:
        wrong.append(f"needs ordered: {figures['needs ordered']} of {figures['needs']}")
    return wrong
