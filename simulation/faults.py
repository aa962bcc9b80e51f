"""Switches for what goes wrong with a real site. Each has the options

after        how many requests it lets pass first (default 0)
times        how many requests it hits (default: until cleared)
probability  of each request (default 1)
method, path only requests of this method, and of paths that start so
"""

import random
import threading


class Faults:
    """`NAMES`: what can go wrong with this site."""

    NAMES = frozenset()

    def __init__(self):
        self._lock = threading.Lock()
        self._set = {}
        self._cleared = threading.Event()
        self._random = random.Random(7)

    def set(self, name, **options):
        if name not in self.NAMES:
            known = ", ".join(sorted(self.NAMES))
            raise ValueError(f"unknown fault {name!r}; there are: {known}")
        with self._lock:
            self._set[name] = dict(options)

    def clear(self):
        """Nothing goes wrong any more, and who waits for a slow answer gets it."""
        with self._lock:
            self._set.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    def wait(self, options):
        """Be as slow as the options of a fault say."""
        options["cleared"].wait(options.get("seconds", 1))

    def hit(self, name, method="", path="", body=()):
        """The options of a fault if it strikes this request, else None."""
        with self._lock:
            options = self._set.get(name)
            if options is None or options.get("times", 1) <= 0:
                return None
            if not self._concerns(options, method, path, body):
                return None
            if self._random.random() >= options.get("probability", 1):
                return None
            if options.get("after", 0) > 0:
                options["after"] -= 1
                return None
            if "times" in options:
                options["times"] -= 1
            # Never empty, so that a fault without options is one too.
            return {"name": name, "cleared": self._cleared, **options}

    def _concerns(self, options, method, path, body):
        """Whether a fault with these options is meant for such a request."""
        return options.get("method", method) == method and path.startswith(options.get("path", ""))
