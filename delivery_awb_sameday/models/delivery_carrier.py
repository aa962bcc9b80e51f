"""A Sameday account as a delivery method: how it is reached, and what its waybills are like."""

import ipaddress
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.delivery_awb.models.awb_errors import (
    AwbRefused,
    AwbUnavailable,
    AwbUncertain,
)

from ..sameday import errors
from ..sameday.client import Client

LIVE, DEMO = "https://api.sameday.ro", "https://sameday-api.demo.zitec.com"


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    delivery_type = fields.Selection(
        selection_add=[("sameday", "Sameday")], ondelete={"sameday": "set default"}
    )
    sameday_username = fields.Char(string="User Name", groups="base.group_system", copy=False)
    sameday_password = fields.Char(string="Password", groups="base.group_system", copy=False)
    sameday_url = fields.Char(
        string="Address",
        help="Empty: Sameday's own, live in production and its demonstration otherwise.",
    )
    sameday_pickup_point_id = fields.Many2one(
        "sameday.pickup.point",
        string="Pickup Point",
        domain="[('carrier_id', '=', id)]",
        copy=False,
        help="Empty: the default one of the contract.",
    )
    sameday_contact_id = fields.Many2one(
        "sameday.contact",
        string="Contact Person",
        domain="[('pickup_point_id', '=', sameday_pickup_point_id)]",
        copy=False,
    )
    sameday_service_id = fields.Many2one(
        "sameday.service",
        string="Service to the Door",
        domain="[('carrier_id', '=', id), ('code', 'not in', ('LN', 'PP', 'XL'))]",
        copy=False,
        help="Empty: 24H. What goes to a locker or point has the service for it.",
    )
    sameday_package_type = fields.Selection(
        [("0", "Parcel"), ("1", "Envelope"), ("2", "Large Parcel")],
        string="Package",
        default="0",
        required=True,
    )
    sameday_label_format = fields.Selection(
        [("A6", "A6, for label printers"), ("A4", "A4")],
        string="Label Format",
        default="A6",
        required=True,
    )
    sameday_open_package = fields.Boolean(
        string="Open Before Paying", help="The buyer may open the parcel before paying for it."
    )
    sameday_insured = fields.Boolean(
        string="Insured", help="Insured for what the goods of the order cost."
    )
    sameday_observation = fields.Char(
        string="Note on the Label",
        default="{order}",
        help="{order}, {transfer} and {site} are replaced by their numbers.",
    )

    @api.constrains("sameday_url")
    def _check_sameday_url(self):
        for carrier in self.filtered("sameday_url"):
            parts = urlsplit(carrier.sameday_url)
            if parts.scheme == "https" and parts.hostname:
                continue
            if parts.scheme != "http" or not _is_loopback(parts.hostname):
                raise ValidationError(
                    self.env._("The address of Sameday must start with https://, or its password"
                               " would travel readable.")
                )  # fmt: skip

    @api.onchange("sameday_pickup_point_id")
    def _onchange_sameday_pickup_point_id(self):
        self.sameday_contact_id = self.sameday_pickup_point_id.contact_ids[:1]

    def _sameday_server(self):
        return (self.sameday_url or (LIVE if self.prod_environment else DEMO)).rstrip("/")

    def _sameday(self):
        """A client for this account. Raises UserError without user name or password."""
        self.ensure_one()
        account = self.sudo()
        username, password = account.sameday_username, account.sameday_password
        if not username or not password:
            raise UserError(
                self.env._("The delivery method “%s” has no user name or password.", self.name)
            )
        server = self._sameday_server()
        tokens = self.env["sameday.token"]._of(server, username, password)
        return Client(server, username, password, tokens)

    def _sameday_call(self, method, *values, client=None):
        """What a method of the client returns, its failures as those of waybills."""
        client = client or self._sameday()
        try:
            return getattr(client, method)(*values)
        except errors.Unauthorized as error:
            raise AwbRefused(
                self.env._("Sameday does not take the user name and password of “%s”.", self.name)
            ) from error
        except errors.Refused as error:
            raise AwbRefused(error.args[0]) from error
        except errors.Uncertain as error:
            raise AwbUncertain(
                self.env._("Sameday gave no usable answer (%s).", error.args[0])
            ) from error
        except errors.Unavailable as error:
            raise AwbUnavailable(
                self.env._("Sameday cannot be reached now (%s).", error.args[0])
            ) from error

    def _sameday_asked(self, method, client=None):
        """The same for a person who waits."""
        try:
            return self._sameday_call(method, client=client)
        except (AwbRefused, AwbUncertain, AwbUnavailable) as error:
            raise UserError(error.args[0]) from error

    def sameday_get_tracking_link(self, picking):
        return self._sameday_tracking_url(picking.carrier_tracking_ref)

    def _sameday_tracking_url(self, number):
        return f"https://www.sameday.ro/#awb={number}" if number else False


def _is_loopback(host):
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
