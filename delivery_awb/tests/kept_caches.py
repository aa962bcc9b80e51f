"""Odoo forgets after each test all that its registry remembers (rights, views, settings: what is
marked `ormcache`). Most of it holds for the next test too, as for the next request of a server:
what a test makes invalid is as before the test, what it came to know beside stays."""

from odoo.tests import TransactionCase


class KeptCaches:
    """From when it is made to `end`; `restore` afterwards, when all of it has been forgotten."""

    def __init__(self, registry):
        self._caches = registry._Registry__caches
        self._kept = {name: dict(cache._values) for name, cache in self._caches.items()}
        for cache in self._caches.values():
            cache[self] = True  # gone as soon as somebody makes the cache invalid

    def end(self):
        """Before what was done meanwhile is rolled back."""
        for name, cache in self._caches.items():
            if cache.pop(self, False):
                self._kept[name] = dict(cache._values)

    def restore(self):
        for name, cache in self._caches.items():
            cache.clear()
            cache._values.update(self._kept[name])
            cache._ordering.update(dict.fromkeys(self._kept[name]))


class KeptCachesCase(TransactionCase):
    """Also what the preparation of a class came to know is known to the next class."""

    @classmethod
    def setUpClass(cls):
        # The last to be done after the class; `end` is before its work is rolled back.
        cls.addClassCleanup(lambda: cls._caches_kept.restore())
        super().setUpClass()
        cls._caches_kept = KeptCaches(cls.registry)
        cls.addClassCleanup(cls._caches_kept.end)

    def setUp(self):
        kept = KeptCaches(self.registry)
        self.addCleanup(kept.restore)
        super().setUp()
        self.addCleanup(kept.end)
