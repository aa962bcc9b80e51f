from .order_case import SERVICES, OrderCase

FIRM = {"billing_company_name": "Alfa SRL", "billing_company_vat": "RO14399840"}


class TestOrderDoubts(OrderCase):
    goods = SERVICES
    books = False

    def doubts(self, **header):
        return self.assert_imported(self.read_order([{"product_id": 1}], **header))

    def doubts_of(self, *headers):
        """Sales orders of as many buyers."""
        numbered = ({"customer_id": n, **header} for n, header in enumerate(headers, 100))
        orders = self.read_orders([{"product_id": 1}], *numbered)
        return [self.assert_imported(order) for order in orders]

    def test_an_ordinary_order_leaves_no_doubt(self):
        sale = self.doubts(**FIRM)
        self.assertFalse(sale.merchantpro_uncertain)
        # The site's own orders are of no channel.
        self.assertFalse(sale.source_id)

    def test_what_cannot_be_read_for_sure_is_told_and_not_invented(self):
        cases = [
            ({"billing_state": "Clujj"}, "“Clujj”", {"state_id": False, "street2": "Clujj"}),
            ({"billing_state": ""}, "no county", {"state_id": False}),
            ({"billing_phone": "0722"}, "“0722” is not a phone", {"phone": "0722"}),
            ({"billing_phone": ""}, "no phone", {"phone": False}),
            ({"billing_postal_code": "7719"}, "“7719”", {"zip": "7719"}),
            ({"billing_country_code": "QQ"}, "“QQ”", {"country_id": False}),
            ({"billing_country_code": ""}, "no country", {}),
            ({"billing_address": ""}, "incomplete", {"street": False}),
            ({"billing_state": "București", "billing_city": "Bucuresti",
              "billing_postal_code": ""}, "no sector", {"city": "Bucuresti"}),
            ({"billing_state": "B", "billing_city": "Bucuresti, sector 2",
              "billing_postal_code": "040011"}, "of another one", {"city": "Sector 2"}),
            ({"billing_state": "Ilfov", "billing_city": "București"}, "not in Ilfov", {}),
            ({"billing_company_name": "Alfa"}, "without a VAT", {"vat": False}),
            ({"billing_company_name": "Alfa", "billing_company_vat": "14399841"},
             "14399841", {"vat": False, "name": "Alfa"}),
        ]  # fmt: skip
        sales = self.doubts_of(*(header for header, _words, _values in cases))
        for sale, (header, words, values) in zip(sales, cases, strict=True):
            self.assertIn(words, sale.merchantpro_uncertain or "", header)
            for name, value in values.items():
                found = sale.partner_invoice_id[name]
                self.assertEqual(found if value else bool(found), value, name)

    def test_a_wrong_vat_number_is_kept_where_a_person_sees_it_and_markup_is_text(self):
        wrong, markup = self.doubts_of(
            {**FIRM, "billing_company_vat": "14399841"},
            {**FIRM, "billing_company_vat": "<b onclick=x>1</b>"},
        )
        self.assertIn("14399841", wrong.partner_id.comment)
        self.assertNotIn("<b", markup.partner_id.comment)

    def test_a_vat_number_of_another_member_state_is_kept(self):
        sale = self.doubts(
            **{**FIRM, "billing_company_vat": "136 695 976", "billing_country_code": "DE"},
            billing_state="",
        )
        self.assertEqual(sale.partner_id.vat, "DE136695976")
        self.assertNotIn("VAT", sale.merchantpro_uncertain or "")

    def test_the_trade_register_number_is_kept(self):
        partner = self.doubts(**FIRM, billing_company_reg="J12/34/2020").partner_id
        kept = partner.nrc if "nrc" in partner._fields else partner.comment
        self.assertIn("J12/34/2020", kept)

    def test_of_two_phones_the_first_real_one_is_to_call_and_the_other_is_kept(self):
        two, one = self.doubts_of(
            {"billing_phone": "0722 111 222 / 0733 444 555"}, {"billing_phone": "12 / 0733 444 555"}
        )
        self.assertEqual(two.partner_id.phone, "+40722111222")
        self.assertIn("+40733444555", two.partner_id.comment)
        self.assertIn("+40733444555", two.merchantpro_uncertain)
        self.assertEqual(one.partner_id.phone, "+40733444555")
        self.assertIn("“12”", one.merchantpro_uncertain)

    def test_counties_as_people_write_them_are_found(self):
        counties = {"jud. Timiș": "TM", "Iasi": "IS", "Caraș-Severin": "CS", "CJ": "CJ",
                    "BISTRITA-NASAUD": "BN", "Judeţul Maramureş": "MM"}  # fmt: skip
        headers = ({"billing_state": typed, "billing_city": "Oraș"} for typed in counties)
        for sale, typed in zip(self.doubts_of(*headers), counties, strict=True):
            self.assertEqual(sale.partner_invoice_id.state_id.code, counties[typed])
            self.assertFalse(sale.merchantpro_uncertain, typed)

    def test_bucharest_as_people_write_it_is_a_sector(self):
        typed = [
            ("Bucureşti", "Sector 3"), ("Sector 3", "Bucuresti"), ("", "Mun. București sect. 3"),
            ("Bucuresti - Sectorul 3", "Bucuresti"),
        ]  # fmt: skip
        for sale in self.doubts_of(
            *({"billing_state": state, "billing_city": city, "billing_postal_code": ""}
              for state, city in typed)
        ):  # fmt: skip
            partner = sale.partner_id
            self.assertEqual((partner.city, partner.state_id.code), ("Sector 3", "B"))
            self.assertFalse(sale.merchantpro_uncertain)

    def test_doubts_are_over_when_a_person_has_looked(self):
        sale = self.doubts(billing_state="Clujj")
        domain = [("merchantpro_uncertain", "!=", False)]
        self.assertIn(sale, self.env["sale.order"].search(domain))
        sale.action_settle_doubts()
        self.assertFalse(sale.merchantpro_uncertain or sale.merchantpro_order_id.uncertain)
        self.assertNotIn(sale, self.env["sale.order"].search(domain))

    # Where it comes from

    def test_tags_and_channel_of_the_site_are_kept(self):
        known = self.env["crm.tag"].create({"name": "VIP"})
        header = {"tags": [{"id": 1, "name": "VIP"}, {"id": 2, "name": "Cadou"}],
                  "channel_name": "eMAG", "channel_ref_id": "E-77"}  # fmt: skip
        sales = self.doubts_of(header, header)
        for sale in sales:
            self.assertIn(known, sale.tag_ids)
            self.assertEqual(sorted(sale.tag_ids.mapped("name")), ["Cadou", "VIP"])
            self.assertEqual(sale.source_id.name, "eMAG")
        self.assertEqual(sales[0].source_id, sales[1].source_id)
        self.assertEqual(sales[0].merchantpro_channel, "eMAG E-77")
        self.assertEqual(sales[0].merchantpro_device, "mobile")

    def test_the_buyer_s_language_is_kept_where_it_is_installed(self):
        self.env["res.lang"]._activate_lang("ro_RO")
        ana, jovan = self.doubts_of(
            {"customer_email": "ana@example.com", "customer_lang": "ro_RO"},
            {"customer_email": "jovan@example.com", "customer_lang": "sr_RS"},
        )
        self.assertEqual((ana.partner_id.lang, jovan.partner_id.lang), ("ro_RO", "en_US"))

    # Whether it is the same buyer

    def buyer(self, **header):
        return self.assert_imported(self.read_order([{"product_id": 1}], **header)).partner_id

    def test_a_contact_with_a_number_typed_otherwise_is_the_same(self):
        ana = self.env["res.partner"].create(
            {"name": "Ana", "email": "ANA@example.com", "phone": "0722.111.222",
             "country_id": self.env.ref("base.ro").id}
        )  # fmt: skip
        header = {"customer_email": "ana@example.com", "billing_phone": "+40 722 111 222"}
        sales = self.doubts_of({"customer_id": None, **header}, {"customer_id": 5, **header})
        self.assertEqual([sale.partner_id for sale in sales], [ana, ana])

    def test_an_account_and_a_guest_in_one_batch_are_one_buyer(self):
        header = {"customer_email": "ana@example.com", "billing_phone": "0722111222"}
        account, guest = self.doubts_of(
            {"customer_id": 5, **header}, {"customer_id": None, **header}
        )
        self.assertEqual(account.partner_id, guest.partner_id)

    def test_an_account_keeps_its_contact_when_mail_and_phone_change(self):
        first = self.buyer(customer_id=5, customer_email="a@example.com")
        again = self.buyer(
            customer_id=5, customer_email="b@example.com", billing_phone="0733444555"
        )
        self.assertEqual(first, again)
        # The same number of an account of another shop is another person.
        self.env["merchantpro.customer"].search([]).shop_id = self.make_shop(name="Other")
        other = self.buyer(customer_id=5, customer_email="b@example.com")
        self.assertNotEqual(first, other)

    def test_shops_of_one_company_share_who_is_known_by_vat_number(self):
        first = self.buyer(**FIRM)
        first.vat = False  # what a person may do to a contact does not make another of it
        self.env["merchantpro.customer"].search([]).shop_id = self.make_shop(name="Other")
        self.assertEqual(self.buyer(**FIRM), first)

    def test_a_deleted_contact_is_not_waited_for(self):
        first = self.buyer(customer_id=5, customer_email="a@example.com")
        sales = self.env["sale.order"].search([("partner_id", "=", first.id)])
        sales._action_cancel()
        sales.unlink()
        first.child_ids.unlink()
        first.unlink()
        self.assertTrue(self.buyer(customer_id=5, customer_email="a@example.com").exists())
