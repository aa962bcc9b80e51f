"""Switches for what goes wrong with a real courier. Each has the options

after        how many requests it lets pass first (default 0)
times        how many requests it hits (default: until cleared)
method, path only requests of this method, and of paths that start so
"""

import threading

NAMES = {
    "busy_500",
    "slow",  # seconds=, or until it is cleared; nothing was done yet
    "late",  # seconds=: the work is done at once, the answer comes so much later
    "late_500",  # the work is done, the answer is an error
    "truncated",  # the work is done, the JSON breaks off
    "dropped",  # the work is done, the connection ends
    "expired",  # 401, although the token is good
    "refused",  # 400; words=, field=
    "wrapped",  # errors stand below "error"
}


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._set = {}
        self._cleared = threading.Event()

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
        options["cleared"].wait(options.get("seconds", 1))

    def hit(self, name, method, path):
        """The options of a fault if it strikes this request, else None."""
        with self._lock:
            options = self._set.get(name)
            if options is None or options.get("times", 1) <= 0:
                return None
            if options.get("method", method) != method:
                return None
            if not path.startswith(options.get("path", "")):
                return None
            if options.get("after", 0) > 0:
                options["after"] -= 1
                return None
            if "times" in options:
                options["times"] -= 1
            # Never empty, so that a fault without options is one too.
            return {"name": name, "cleared": self._cleared, **options}
