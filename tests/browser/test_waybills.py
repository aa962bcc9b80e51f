"""Waybills of a courier that is not connected, as a packer handles them: the number typed, the
label opened, the parcel set on its way. SCREENSHOTS=folder keeps pictures."""

import os
import pathlib

from waiting import wait_until

PREPARE = """
import base64
env["res.users"].search([("login", "=", "admin")]).action_id = False
product = env["product.product"].create({"name": "Ibric", "is_storable": True, "weight": 2})
warehouse = shop.order_warehouse_id
env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 9)
fee = env["product.product"].create({"name": "Transport", "type": "service"})
carrier = env["delivery.carrier"].create({
    "name": "Curier", "product_id": fee.id, "delivery_type": "manual",
    "tracking_url": "https://courier.example/{number}",
})
places = {
    "location_id": warehouse.lot_stock_id.id,
    "location_dest_id": env.ref("stock.stock_location_customers").id,
}
for name in ("Ana", "Dan"):
    picking = env["stock.picking"].create({
        "picking_type_id": warehouse.out_type_id.id, "carrier_id": carrier.id, **places,
        "partner_id": env["res.partner"].create({"name": name}).id,
        "move_ids": [(0, 0, {"product_id": product.id, "product_uom_qty": 1, **places})],
    })
    picking.action_confirm()
    picking.action_assign()
    print(picking.id)
"""
BY_HAND = "FROM delivery_awb WHERE carrier_id = (SELECT max(id) FROM delivery_carrier)"
STATES = f"SELECT string_agg(number || ' ' || state, ',' ORDER BY id) {BY_HAND}"
PRINTED = f"SELECT count(printed_at) {BY_HAND}"
LABEL = b"%PDF-1.4\n%label\n"


def keep(visit, name):
    if folder := os.environ.get("SCREENSHOTS"):
        visit.save(pathlib.Path(folder) / f"waybill-{name}.png")


def test_number_is_typed_and_the_parcel_goes_its_way(erp, admin):
    first, second = erp.run(PREPARE).split()
    page = admin.page
    for picking, number in ((first, "X1"), (second, "X2")):
        admin.open("stock.action_picking_tree_all", ".o_form_sheet", record=int(picking))
        admin.press("action_type_awb", expect=".modal [name=number] input")
        page.locator(".modal [name=number] input").fill(number)
        page.locator(".modal input[type=file]").set_input_files(
            {"name": "label.pdf", "mimeType": "application/pdf", "buffer": LABEL}
        )
        admin.settle()
        keep(admin, "typed")
        admin.press("action_done", expect="button[name=action_open_awb]", within=".modal")
        wait_until(lambda number=number: f"{number} issued" in erp.query(STATES))
    admin.press("action_open_awb", expect="button[name=action_picked_up]")
    keep(admin, "form")
    admin.press("action_picked_up", expect="button[name=action_delivered]")
    admin.press("action_delivered")
    wait_until(lambda: erp.query(STATES) == "X1 issued,X2 delivered")

    # The list, with the label of the one that waits to be printed
    admin.open("delivery_awb.action_delivery_awb", expect=".o_data_row:has-text('X2')")
    keep(admin, "list")
    page.locator(".o_data_row:has-text('X1') .o_list_record_selector input").check()
    with admin.context.expect_page() as opened:
        admin.press("action_print_labels")
    assert "/delivery_awb/labels/" in opened.value.url
    opened.value.close()
    wait_until(lambda: erp.query(PRINTED) == "1")


def test_many_transfers_get_their_waybills_from_the_list(erp, admin):
    """Those that cannot have one are told; nothing is lost of the others."""
    page = admin.page
    admin.open("stock.action_picking_tree_all")
    page.locator("thead .o_list_record_selector input").check()
    page.locator(".o_cp_action_menus .dropdown-toggle").last.click()
    page.get_by_role("menuitem", name="Make Waybills").click()
    admin._wait_for(".o_notification")
    keep(admin, "many")
