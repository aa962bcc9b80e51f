"""The page where a buyer says that he wants no more messages about orders.

The link in each e-mail only shows it: programs that look at links for safety open them too. Mail
programs that have a button of their own post to it (RFC 8058)."""

from odoo import http
from odoo.http import request
from odoo.tools import consteq


class MerchantProAlerts(http.Controller):
    @http.route(
        "/merchantpro/no-messages/<int:partner_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,  # the token is the proof; the button of a mail program knows no other
        save_session=False,
    )
    def no_messages(self, partner_id, token, **_params):
        """404 for a wrong token; a POST switches the messages off, twice does no harm."""
        partner = request.env["res.partner"].sudo().browse(partner_id).exists()
        if not partner or not consteq(partner._no_alerts_token(), token):
            return request.not_found()
        done = request.httprequest.method == "POST"
        if done and not partner.merchantpro_no_alerts:
            partner.merchantpro_no_alerts = True
        context = {"partner": partner.with_context(lang=partner.lang), "done": done}
        return request.render("cloudsales_merchantpro.no_messages_page", context)
