"""Signed notices of a shop. A notice is only a hint to read an order now instead of at the
next interval: whatever it says is read again from the API, so a doubled, late or lost
notice does no harm. What it names is stored before the site is told 200."""

import json
import logging

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..api import webhook

_logger = logging.getLogger(__name__)
LARGEST_BODY = 1024 * 1024


class MerchantProWebhook(http.Controller):
    @http.route(
        "/merchantpro/webhook/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=LARGEST_BODY,
    )
    def receive(self, token, **_params):
        """200 once the notice is stored (none is while the shop reads no orders); 404 for an
        unknown token, 401 for a wrong signature, 413 for a body over 1 MiB, 411 for one that does
        not tell its length, 400 for one that is not JSON. Odoo commits before it answers, and
        answers 500 when that fails: the site tries again."""
        length = request.httprequest.content_length
        if length is None:
            # Sent in chunks, and not every version of werkzeug stops reading at the limit.
            return request.make_response("", status=411)
        if length > LARGEST_BODY:
            return request.make_response("", status=413)
        body = request.httprequest.get_data()
        # What follows is the system's work, not that of a visitor.
        shops = request.env["merchantpro.shop"].with_user(SUPERUSER_ID)
        shop = shops.search([("webhook_token", "=", token)])
        if not shop:
            return request.make_response("", status=404)
        signature = request.httprequest.headers.get(webhook.HEADER)
        if not webhook.verify(body, shop.webhook_secret, signature):
            _logger.warning("A notice for shop %s has a wrong signature", shop.id)
            return request.make_response("", status=401)
        try:
            notice = json.loads(body)
        except (ValueError, RecursionError):
            return request.make_response("", status=400)
        if shop.order_interval:  # 0 switches the reading off
            shop._unattended()._take_notice(webhook.order_numbers(notice))
        return request.make_response("", status=200)
