"""Odoo forgets after each test all that its registry remembers (rights, views, settings: what is
marked `ormcache`). Most of it holds for the next test too, as for the next request of a server:
what a test makes invalid is as before the test, what it came to know beside stays."""


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
