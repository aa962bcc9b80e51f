"""What a Romanian sees: screens, messages of the models, of the API, and of the crons."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user

from .common import ShopCase


class TestRomanian(ShopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ro_RO")
        modules = cls.env["ir.module.module"]
        modules._load_module_terms(["cloudsales_merchantpro"], ["ro_RO"])

    def prepare(self):
        super().prepare()
        self.user = new_test_user(
            self.env,
            "romanian",
            groups="cloudsales_merchantpro.group_manager,base.group_user",
            lang="ro_RO",
        )

    def romanian(self, records):
        """The records as the web client gives them to the user."""
        return records.with_user(self.user).with_context(lang=self.user.lang)

    def test_the_form_of_a_shop_is_romanian(self):
        shops = self.romanian(self.env["merchantpro.shop"])
        arch = shops.get_view(view_type="form")["arch"]
        for words in ("Testează conexiunea", "Preia catalogul", "Comenzi reținute"):
            self.assertIn(words, arch)
        self.assertNotIn("Test Connection", arch)

    def test_labels_states_and_menus_are_romanian(self):
        fields = self.romanian(self.env["merchantpro.order"]).fields_get(["state", "held_reason"])
        self.assertIn(("held", "Reținută"), fields["state"]["selection"])
        self.assertEqual(fields["held_reason"]["string"], "Motivul reținerii")
        menu = self.env.ref("cloudsales_merchantpro.menu_products")
        self.assertEqual(self.romanian(menu).name, "Produse marketplace")

    def test_a_refusal_is_romanian(self):
        self.shop.write({"api_secret": False})
        with self.assertRaisesRegex(UserError, "Introduceți mai întâi cheia și secretul API"):
            self.romanian(self.shop).action_test_connection()
        with self.assertRaisesRegex(ValidationError, "nu este o adresă web"):
            self.romanian(self.shop).url = "ftp://shop.example"

    def test_what_the_api_says_is_romanian_with_the_site_s_own_words(self):
        self.shop.api_secret = "wrong"
        self.romanian(self.shop).action_test_connection()
        self.assertIn("Copiați-le din nou din panoul magazinului", self.shop.state_message)
        self.assertIn("Răspunsul magazinului: „", self.shop.state_message)
        self.env.cr.flush()
        call = self.env["merchantpro.call"].search([("shop_id", "=", self.shop.id)], limit=1)
        self.assertEqual(call.error, self.shop.state_message)

    def test_an_order_that_cannot_be_read_says_why_in_romanian(self):
        order = self.env["merchantpro.order"].create(
            {
                "shop_id": self.shop.id,
                "external_id": "1",
                "payload": {
                    "id": 1,
                    "date_created": "2026-01-01",
                    "total_amount": 1,
                    "line_items": [{"quantity": {}}],
                },
            }
        )
        self.romanian(order).process()
        self.assertEqual(order.held_reason, "linia 1: „quantity” nu este un număr: un obiect")

    def test_crons_write_in_the_language_of_the_shop(self):
        self.site.add_product(id=1, sku="UNKNOWN")
        order = self.site.add_order([{"product_id": 1}])
        self.shop.lang = "ro_RO"
        self.env["merchantpro.shop"]._cron_orders()
        self.assertIn("Niciun produs pentru", self.order(order["id"]).held_reason)

    def test_jobs_keep_the_language_they_were_enqueued_in(self):
        shop = self.shop.with_context(queue_job__no_delay=False)
        shop.lang = "ro_RO"
        shop._unattended().fetch_orders()
        job = self.env["queue.job"].search([("identity_key", "=", f"merchantpro.orders:{shop.id}")])
        self.assertEqual(job.records.env.context.get("lang"), "ro_RO")
        self.assertEqual(job.name, "MerchantPro: preluarea comenzilor din Test shop")

    def test_a_shop_whose_language_is_gone_still_works(self):
        self.shop.lang = "ro_RO"
        self.env["res.partner"].search([("lang", "=", "ro_RO")]).lang = "en_US"
        self.env["res.lang"]._lang_get("ro_RO").active = False
        self.assertFalse(self.shop._unattended().env.lang)
        self.env["merchantpro.shop"]._cron_orders()
        self.assertEqual(self.shop.state, "connected")
