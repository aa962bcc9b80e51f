"""One turn at telling a site about its orders.

Before each call it is committed that its outcome is not known, after it what came of it. So a
process may be killed at any point: the next one asks the site how far the order is before it
says anything again, because the site may write to the buyer each time."""

import math
import time

from ..api import errors
from ..api.standing import Standing, parse_standing
from .merchantpro_shop_turn import CALL_TIMEOUT


class MessageRun:
    """`shop` in the transaction to commit in (`_turn`)."""

    def __init__(self, shop, seconds=math.inf):
        self.shop = shop
        self.client = None  # made when there is something to say
        self.stop_at = time.monotonic() + seconds
        self.silent = 0  # calls in a row that got no usable answer

    def run(self):
        """Tell what is due. True when time ended before the work."""
        while messages := self._due():
            for message in messages:
                if time.monotonic() > self.stop_at:
                    return True
                if not self._deal_with(message):
                    return False
        return False

    def _due(self):
        self.shop.env.invalidate_all()
        return self.shop.env["merchantpro.order.message"]._due(self.shop)

    def _deal_with(self, message):
        """Tell it, or find that it need not be. False when no more may be said now."""
        if message._newer():
            message._settle("skipped", message.env._("A newer waybill takes its place."))
        elif not message.unsure and self._needless(message, self._last_seen(message)):
            pass
        else:
            stop = self._call_for(message)
            self.shop._keep()
            return not stop
        self.shop._keep()
        return True

    def _last_seen(self, message):
        return Standing(message.order_id.shipping_status or "")

    def _needless(self, message, standing):
        """Settle what the site knows already, and what a person has to decide first."""
        if standing.knows(message.kind, message.value):
            message._settle("done")
        elif standing.contradicts(message.kind) and not message.insist:
            message._settle(
                "refused",
                message.env._(
                    "The site has this order as cancelled. Retry tells it all the same, which"
                    " brings the order back there."
                ),
            )
        else:
            return False
        return True

    def _call_for(self, message):
        """Ask and tell, and write what came of it. True when the turn has to end."""
        was_unsure = message.unsure
        message.unsure = True  # until the site has answered
        self.shop._keep()
        try:
            self._ask_and_tell(message, ask=was_unsure)
        except errors.NotFound as error:
            message._settle("gone", message._told(error))
        except errors.BadRequest as error:
            message._settle("refused", message._told(error))
        except errors.Refused as error:
            message.unsure = was_unsure
            self.shop._stop_for(error)
            return True
        except errors.RateLimited:
            message.unsure = was_unsure
            return True
        except (errors.TransientError, errors.OutcomeUnknown) as error:
            if not getattr(error, "sent", True):
                message.unsure = was_unsure
            message._try_later(error)
            # One order that the site stumbles over keeps no other waiting; two in a row are it.
            self.silent += 1
            return self.silent > 1
        self.silent = 0
        return False

    def _ask_and_tell(self, message, ask):
        if not self.client:
            self.client = self.shop._client(timeout=CALL_TIMEOUT)
        number = message.order_id.external_id
        if ask and self._needless(message, parse_standing(self.client.order(number))):
            return
        if message.kind == "awb":
            self.client.patch_order(number, {"shipping_awb": message.value})
        else:
            self._move_on(number, message.kind)
            # So that the next reading brings nothing new: it is what we said ourselves.
            message.order_id.shipping_status = message.kind
        message._settle("done")

    def _move_on(self, number, action):
        try:
            self.client.act_on_order(number, action)
        except (errors.NotFound, errors.BadRequest) as error:
            if error.status not in (404, 405):
                raise
            # That the site knows the action is not documented, and it may be the order that it
            # does not know, which this says.
            self.client.order(number)
            self.client.patch_order(number, {"shipping_status": action})
