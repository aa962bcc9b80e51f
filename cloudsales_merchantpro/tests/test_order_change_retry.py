"""A change of the site that could not be applied for want of a mapping is applied by itself when
the mapping is there."""

from odoo import Command

from .change_case import LINES, ChangeCase

VASE = {"product_id": 99, "missing": True, "product_sku": "VAZA", "product_name": "Vază",
        "unit_price_gross": 5}  # fmt: skip


class TestChangeRetried(ChangeCase):
    def test_a_code_added_to_a_product_applies_the_change(self):
        self.edit([LINES[0], VASE])
        self.assert_told("Vază")
        vase = self.erp_product("V", stock=5)
        vase.additional_code_ids = [Command.create({"code": "VAZA"})]
        self.assertEqual(self.line(vase).product_uom_qty, 1)
        self.assertEqual((self.free(vase), self.free(self.book)), (4, 10))
        self.assert_applied()

    def test_a_row_linked_in_the_staging_list_applies_the_change(self):
        self.site.add_product(id=3, name="Lampă", price_gross=5)
        self.shop.fetch_catalog()
        self.edit([*LINES, {"product_id": 3}])
        self.assert_told("Lampă")
        lamp = self.erp_product("L")
        self.row(3).product_id = lamp
        self.row(3).action_link()
        self.assertEqual(self.line(lamp).product_uom_qty, 1)
        self.assert_applied()

    def test_a_product_chosen_on_a_held_order_applies_the_change_too(self):
        self.edit([*LINES, VASE])
        held = self.read_order([VASE])
        vase = self.erp_product("V")
        held.line_ids.product_id = vase
        held.action_retry()
        self.assert_imported(held)
        self.assertEqual(self.line(vase).product_uom_qty, 1)
        self.assert_applied()

    def test_a_tax_chosen_for_a_rate_applies_the_change(self):
        self.edit([{**LINES[0], "product_tax_percent": 24}, LINES[1]])
        self.assert_told("No sales tax")
        tax = self.env["account.tax"].create(
            {"name": "24 incl", "amount": 24, "type_tax_use": "sale",
             "price_include_override": "tax_included", "company_id": self.company.id}
        )  # fmt: skip
        rate = self.env["merchantpro.tax"].search(
            [("shop_id", "=", self.shop.id), ("code", "=", "24")]
        )
        rate.tax_id = tax
        self.assertEqual(self.line(self.mug).tax_ids, tax)
        self.assert_applied()

    def ambiguous(self):
        """Somebody else becomes the buyer, whom two contacts may be."""
        phones = ("0722 111 222", "+40722111222")
        self.twins = self.env["res.partner"].create(
            [{"name": "Ana", "email": "ana@example.com", "phone": phone} for phone in phones]
        )
        return {"customer_id": None, "customer_email": "ana@example.com",
                "billing_phone": "0722 111 222"}  # fmt: skip

    def test_a_buyer_chosen_on_another_order_applies_the_change(self):
        ana = self.ambiguous()
        self.edit(**ana)
        self.assert_told("Several contacts")
        held = self.read_order([LINES[1]], **ana)
        held.partner_id = self.twins[1]
        held.action_retry()
        self.assertEqual(self.sale.partner_id, self.twins[1])
        self.assert_applied()

    def test_an_ambiguous_buyer_of_one_order_leaves_the_other_changes_alone(self):
        other = self.read_order(LINES)
        self.site.edit_order(other.external_id, billing_address="Str. Nouă 9")
        self.edit(**self.ambiguous())
        self.assert_told("Several contacts")
        self.assertEqual(other.sale_order_id.partner_invoice_id.street, "Str. Nouă 9")
        self.assertFalse(other.change_state)

    def test_what_still_stands_in_the_way_is_told_instead(self):
        self.edit([*LINES, VASE])
        self.deliver()
        self.erp_product("V", extra=["VAZA"])
        self.assert_told("Goods have left")

    def test_another_mapping_leaves_it_as_it_is(self):
        self.edit([*LINES, VASE])
        activity = self.sale.activity_ids
        with self.assert_nothing_written(("merchantpro_order", "sale_order", "sale_order_line")):
            self.erp_product("U", extra=["ALTUL"])
        self.assertEqual(self.sale.activity_ids, activity)

    def test_settled_by_a_person_it_is_not_tried_any_more(self):
        self.edit([*LINES, VASE])
        self.shop_order.action_change_settled()
        vase = self.erp_product("V", extra=["VAZA"])
        self.assertFalse(self.line(vase))
