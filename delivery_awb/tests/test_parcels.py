from odoo.tests import Form, tagged

from .awb_case import AwbCase


@tagged("post_install", "-at_install")
class TestParcels(AwbCase):
    def test_packages_are_parcels(self):
        box = self.env["stock.package.type"].create(
            {"name": "Box", "packaging_length": 300, "width": 200, "height": 150}
        )
        picking = self.new_transfer(quantity=5)
        line = picking.move_line_ids
        packages = self.env["stock.package"].create([{"package_type_id": box.id}, {}])
        line.quantity = 2
        line.result_package_id = packages[0]
        line.copy({"quantity": 3, "result_package_id": packages[1].id})
        packages[1].shipping_weight = 7.5
        picking.action_make_awb()
        sizes = picking.awb_id._parcel_sizes()
        self.assertEqual([each["weight"] for each in sizes], [4.0, 7.5])
        self.assertEqual([sizes[0][each] for each in ("length", "width", "height")], [30, 20, 15])
        self.assertEqual((picking.awb_id.parcel_count, picking.awb_id.weight), (2, 11.5))
        self.assertEqual(picking.awb_id.parcel_ids[0].number, "T1000001")

    def test_counted_parcels_share_the_weight(self):
        picking = self.new_transfer(quantity=3)
        picking.action_prepare_awb()
        picking.awb_ids.parcel_count = 4
        sizes = picking.awb_ids._parcel_sizes()
        self.assertEqual([each["weight"] for each in sizes], [1.5] * 4)

    def test_draft_is_looked_over_on_its_form(self):
        picking = self.new_transfer(quantity=3)
        action = picking.action_prepare_awb()
        waybill = self.env["delivery.awb"].browse(action["res_id"])
        with Form(waybill) as form:
            for weight in (2.5, 1.5):
                with form.parcel_ids.new() as parcel:
                    parcel.weight = weight
            form.locker_code = "4102"
        self.assertEqual((waybill.parcel_count, waybill.weight), (2, 4))
        self.assertEqual(self.courier.asked, [])
        waybill.action_retry()
        self.assertEqual((waybill.state, waybill.locker_code), ("issued", "4102"))
        with Form(waybill) as form, self.assertRaises(AssertionError):
            form.weight = 9

    def test_pounds_become_kilograms(self):
        self.env["ir.config_parameter"].set_param("product.weight_in_lbs", "1")
        picking = self.transfers[0]
        picking.action_make_awb()
        self.assertAlmostEqual(picking.awb_id.weight, 0.907, 3)
