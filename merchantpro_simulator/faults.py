"""What goes wrong with a real shop's site."""

from simulation import faults


class Faults(faults.Faults):
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

    def _concerns(self, options, method, path, body):
        field = options.get("field")
        return super()._concerns(options, method, path, body) and (not field or field in body)
