"""What a courier's module may raise while it makes, finds, labels, follows or cancels a waybill."""


class AwbRefused(Exception):
    """The courier said no: args[0] in words. Nothing was made there; a person has to act."""


class AwbUncertain(Exception):
    """No usable answer came after the request was sent: it may have been made. args[0] in words."""


class AwbUnavailable(Exception):
    """The courier could not be reached, and nothing was made there: try later. args[0] in words."""
