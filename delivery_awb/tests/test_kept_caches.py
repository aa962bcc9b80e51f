from odoo.tests import TransactionCase

from .kept_caches import KeptCaches


class TestKeptCaches(TransactionCase):
    def setUp(self):
        super().setUp()
        self.cache = self.registry._Registry__caches["default"]
        self.cache["before"] = 1

    def after(self, work):
        """What is known after a test that did this."""
        kept = KeptCaches(self.registry)
        work()
        kept.end()
        self.registry.clear_all_caches()
        kept.restore()
        return {key for key in ("before", "meanwhile", "later") if key in self.cache}

    def test_what_came_to_be_known_stays(self):
        known = self.after(lambda: self.cache.update({"meanwhile": 2}))
        self.assertEqual(known, {"before", "meanwhile"})
        self.assertFalse([key for key in self.cache if isinstance(key, KeptCaches)])

    def test_what_was_made_invalid_is_as_before(self):
        def work():
            self.cache["meanwhile"] = 2
            self.env["ir.config_parameter"].set_param("tea", "hot")
            self.cache["later"] = 3

        self.assertEqual(self.after(work), {"before"})
