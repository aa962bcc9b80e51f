"""What is sent to Sameday, and what is refused before."""

from odoo.tests import Form, tagged

from sameday_simulator import Simulator

from .sameday_case import SamedayCase


@tagged("post_install", "-at_install")
class TestSamedayForm(SamedayCase):
    def sent(self, waybill):
        self.assertEqual((waybill.state, waybill.problem), ("issued", False))
        return self.courier.all()[-1]["form"]

    def assert_refused(self, waybill, words):
        self.assertEqual(waybill.state, "error")
        self.assertIn(words, waybill.problem)
        self.assertEqual(self.courier.count(), 0)

    def test_to_the_door(self):
        self.carrier.write({"sameday_open_package": True, "sameday_insured": True})
        self.product.list_price = 50
        order = self.new_orders(quantity=2)
        lei = self.env.ref("base.RON")
        waybill = self.make(order.picking_ids, cod_amount=121.5, cod_by_hand=True)
        form = self.sent(waybill)
        recipient = form["awbRecipient"]
        self.assertEqual(recipient["phoneNumber"], "0722000111")
        self.assertEqual((recipient["countyString"], recipient["cityString"]),
                         ("Cluj", "Cluj-Napoca"))  # fmt: skip
        self.assertEqual((form["service"], form["serviceTaxes"]), ("7", {"0": "70"}))
        self.assertEqual((form["packageWeight"], form["cashOnDelivery"]), ("4", "121.5"))
        self.assertEqual((form["pickupPoint"], form["contactPerson"]), ("139", "145"))
        insured = order.currency_id._convert(
            order.amount_total, lei, order.company_id, order.date_order
        )
        self.assertAlmostEqual(float(form["insuredValue"]), insured, 2)
        self.assertIn(order.name, form["observation"])
        self.assertEqual(form["clientInternalReference"], waybill.reference)

    def test_several_parcels_share_the_weight_so_that_it_adds_up(self):
        form = self.sent(self.make(self.transfers[0], parcel_count=3, weight=10))
        weights = [float(each["weight"]) for each in form["parcels"].values()]
        self.assertEqual((weights, form["packageNumber"]), ([3.33, 3.33, 3.34], "3"))

    def test_bucharest_goes_by_sector_or_not_at_all(self):
        self.buyer.write({"state_id": self.env.ref("base.RO_B").id, "city": "București"})
        self.buyer.zip = False
        waybill = self.make(self.transfers[0])
        self.assert_refused(waybill, "sector")
        self.buyer.street2 = "Sectorul 2"
        waybill.action_retry()
        recipient = self.sent(waybill)["awbRecipient"]
        self.assertEqual((recipient["countyString"], recipient["cityString"]),
                         ("Bucuresti", "Sector 2"))  # fmt: skip

    def test_what_the_address_lacks_is_said(self):
        waybill = self.env["delivery.awb"].create(self.transfers[0]._prepare_awb_values())
        for values, words in (
            ({"phone": "nu am"}, "phone number"),
            ({"state_id": False}, "no county"),
            ({"street": False}, "lacks street or city"),
            ({"country_id": self.env.ref("base.bg").id, "state_id": False}, "Bulgaria"),
        ):
            with self.subTest(words):
                before = {name: self.buyer[name] for name in values}
                self.buyer.write(values)
                waybill.action_retry()
                self.assert_refused(waybill, words)
                self.buyer.write(before)

    def test_a_firm_s_waybill_has_its_name(self):
        firm = self.env["res.partner"].create(
            {"name": "Ceai SRL", "is_company": True, "vat": "RO14399840", "phone": "0264123456"}
        )
        self.buyer.write({"parent_id": firm.id, "type": "delivery", "phone": False})
        recipient = self.sent(self.make(self.transfers[0]))["awbRecipient"]
        self.assertEqual((recipient["personType"], recipient["companyName"]), ("1", "Ceai SRL"))
        self.assertEqual((recipient["name"], recipient["phoneNumber"]),
                         ("Ana Țurcanu", "0264123456"))  # fmt: skip

    def test_to_a_locker_however_the_site_writes_it(self):
        written = ("14", "easybox 14", " LN-14 ")
        for picking, typed in zip(self.transfers, written, strict=True):
            form = self.sent(self.make(picking, locker_code=typed))
            self.assertEqual((form["service"], form["lockerLastMile"]), ("15", "14"))
            self.assertEqual(form["awbRecipient"]["address"], "Str. Principala nr. 14")
        form = self.sent(self.make(self.new_orders().picking_ids, locker_code="5003"))
        self.assertEqual((form["service"], form["oohLastMile"]), ("48", "5003"))
        self.assertNotIn("lockerLastMile", form)

    def test_a_locker_that_is_gone_and_a_contract_without_lockers(self):
        self.assert_refused(self.make(self.transfers[0], locker_code="999"), "no locker")
        with Simulator(has_lockers=False) as other:
            carrier = self.new_carrier(sameday_url=other.url)
            carrier.action_sameday_read()
            self.transfers[1].carrier_id = carrier
            waybill = self.make(self.transfers[1], locker_code="3")
            self.assertEqual(waybill.state, "error")
            self.assertIn("no service to lockers", waybill.problem)
            self.assertEqual(other.count(), 0)

    def test_locker_is_chosen_from_the_list(self):
        waybill = self.env["delivery.awb"].create(self.transfers[0]._prepare_awb_values())
        waybill.sameday_locker_id = self.env["sameday.locker"]._find(self.courier.url, "7")
        self.assertEqual(waybill.locker_code, "7")
        self.assertEqual(waybill.sameday_locker_id.name, "easybox 7")

    def test_only_lei_are_collected(self):
        waybill = self.env["delivery.awb"].create(
            {**self.transfers[0]._prepare_awb_values(), "cod_amount": 5, "cod_by_hand": True}
        )
        waybill.currency_id = self.env.ref("base.EUR")
        waybill._send()
        self.assert_refused(waybill, "EUR")

    def test_screens_of_waybill_and_carrier_open(self):
        waybill = self.env["delivery.awb"].create(self.transfers[0]._prepare_awb_values())
        with Form(waybill) as form:
            form.sameday_locker_id = self.env["sameday.locker"]._find(self.courier.url, "8")
        self.assertEqual(waybill.locker_code, "8")
        waybill.locker_code = "999"
        waybill._send()
        self.assertIn("no locker or point", waybill.problem)
        with Form(self.carrier) as form:
            form.sameday_label_format = "A4"
        self.assertEqual(self.carrier.sameday_label_format, "A4")
