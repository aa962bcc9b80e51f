"""Switches for what goes wrong with a real site. Each has the options

after        how many requests it lets pass first (default 0)
times        how many requests it hits (default: until cleared)
probability  of each request (default 1)
method, path only requests of this method, and of paths that start so
"""

import random
import threading

NAMES = {
    "busy_500",
    "busy_400",
    "refused",  # as invalid; words= the site's, field= only bodies that have it
    "slow",  # seconds=, or until it is cleared, as with all that are slow
    "late",  # seconds=: the work is done at once, the answer comes so much later
    "truncated",
    "redirect",  # location=
    "dropped",  # the connection ends after the work was done
    "wrong_types",
    "huge",  # bytes=
    "webhook_twice",
    "webhook_disorder",
    "order_between_pages",
    # Of pictures, whose `path` starts with /img/
    "picture_is_html",
    "picture_busy",  # 503
    "picture_missing",  # 404
    "picture_slow",  # seconds=
    "picture_redirect",  # location=
}


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._set = {}
        self._cleared = threading.Event()
        self._random = random.Random(7)

    def set(self, name, **options):
        if name not in NAMES:
            raise ValueError(f"unknown fault {name!r}; there are: {', '.join(sorted(NAMES))}")
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
            if options.get("method", method) != method:
                return None
            if not path.startswith(options.get("path", "")):
                return None
            if "field" in options and options["field"] not in body:
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
