"""A configured site: where it is, what it may do here, and whether it works."""

import contextlib
import functools
import secrets

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.sql_db import db_connect

from ..api import errors
from ..api.address import normalise_url
from ..api.client import Client
from ..api.limits import Limiter
from ..api.pg_store import SCHEMA, PostgresStore, bucket_name

# A job holds a worker that Odoo ends after two minutes (limit_time_real), and a person in front
# of a screen does not wait for minutes either: better to come back later.
SHORT_PATIENCE = {"max_tries": 2, "max_wait": 10.0}


class MerchantProShop(models.Model):
    _name = "merchantpro.shop"
    _description = "MerchantPro Shop"
    _inherit = ["mail.thread", "mail.activity.mixin", "merchantpro.job"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        default=lambda self: self.env.lang or self.env.user.lang,
        help="Messages written without a person at the screen are in this language.",
    )
    url = fields.Char(
        string="Shop Address", required=True, tracking=True, help="The shop's own domain."
    )
    # Of the system group only: whoever holds them can change every price of the site.
    api_key = fields.Char(string="API Key", groups="base.group_system", copy=False)
    api_secret = fields.Char(string="API Secret", groups="base.group_system", copy=False)
    webhook_secret = fields.Char(groups="base.group_system", copy=False)
    webhook_token = fields.Char(
        groups="base.group_system",
        copy=False,
        required=True,
        index=True,
        default=lambda self: secrets.token_urlsafe(24),
    )
    webhook_url = fields.Char(
        string="Webhook Address",
        compute="_compute_webhook_url",
        groups="base.group_system",
        help="Enter it in the shop's panel so that new orders arrive at once.",
    )
    state = fields.Selection(
        [("draft", "Not Tested"), ("connected", "Connected"), ("error", "Stopped")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    state_message = fields.Text(string="Reason", readonly=True, copy=False)

    order_warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Warehouse of Orders",
        check_company=True,
        compute="_compute_order_warehouse_id",
        store=True,
        readonly=False,
    )
    order_start_date = fields.Datetime(
        string="Orders From",
        required=True,
        default=fields.Datetime.now,
        help="Orders placed before this moment are left alone, unless somebody asks for them.",
    )
    order_interval = fields.Integer(
        string="Read Orders Every (minutes)", default=1, help="0 switches the reading off."
    )
    invoice_journal_id = fields.Many2one(
        "account.journal",
        string="Invoice Series",
        domain="[('type', '=', 'sale')]",
        check_company=True,
    )
    category_ids = fields.One2many("merchantpro.category", "shop_id", string="Categories")
    variant_ids = fields.One2many("merchantpro.variant", "shop_id", string="Marketplace Products")
    variant_count = fields.Integer(string="Products", compute="_compute_counts")
    review_count = fields.Integer(string="To Review", compute="_compute_counts")
    order_count = fields.Integer(string="Orders", compute="_compute_counts")
    held_count = fields.Integer(string="Held Orders", compute="_compute_counts")

    _webhook_token_uniq = models.Constraint(
        "unique(webhook_token)", "Two shops cannot share a webhook address."
    )

    @api.model
    def init(self):
        """The limiter's tables: written in transactions of their own, so not by the ORM."""
        self.env.cr.execute(SCHEMA)

    @api.constrains("url")
    def _check_url(self):
        for shop in self:
            try:
                normalise_url(shop.url)
            except ValueError as error:
                raise ValidationError(shop._told(error)) from error

    @api.constrains("order_interval")
    def _check_order_interval(self):
        for shop in self:
            if shop.order_interval < 0:
                raise ValidationError(self.env._("The interval cannot be negative."))

    @api.depends("webhook_token")
    def _compute_webhook_url(self):
        base = self.get_base_url()
        for shop in self:
            shop.webhook_url = f"{base}/merchantpro/webhook/{shop.sudo().webhook_token}"

    @api.depends("company_id")
    def _compute_order_warehouse_id(self):
        for shop in self:
            if shop.order_warehouse_id.company_id != shop.company_id:
                shop.order_warehouse_id = self.env["stock.warehouse"].search(
                    [("company_id", "=", shop.company_id.id)], limit=1
                )

    def _compute_counts(self):
        def counts(model, domain):
            groups = self.env[model]._read_group(
                [("shop_id", "in", self.ids), *domain], ["shop_id"], ["__count"]
            )
            return dict(groups)

        variants = counts("merchantpro.variant", [])
        review = counts("merchantpro.variant", [("match_state", "in", ("ambiguous", "no_code"))])
        orders = counts("merchantpro.order", [])
        held = counts("merchantpro.order", [("state", "in", ("held", "error"))])
        for shop in self:
            shop.variant_count = variants.get(shop, 0)
            shop.review_count = review.get(shop, 0)
            shop.order_count = orders.get(shop, 0)
            shop.held_count = held.get(shop, 0)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_normal_url(vals) for vals in vals_list])

    def write(self, vals):
        if {"url", "api_key", "api_secret"} & set(vals):
            # What was proven is proven for the old values only.
            vals = {"state": "draft", "state_message": False, **vals}
        vals = self._with_normal_url(vals)
        self._check_address_of_secrets(vals)
        return super().write(vals)

    def _with_normal_url(self, vals):
        if not vals.get("url"):
            return vals
        # A wrong address is refused by the constraint, with its reason.
        with contextlib.suppress(ValueError):
            vals = {**vals, "url": normalise_url(vals["url"])}
        return vals

    def _check_address_of_secrets(self, vals):
        """Key and secret are sent to the address, so only who may read them may change it."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        for shop in self.sudo():
            if vals.get("url", shop.url) != shop.url and shop.api_key and shop.api_secret:
                raise AccessError(
                    self.env._(
                        "The API key and secret of %s would be sent to the new address. Only an"
                        " administrator of Odoo may change it.",
                        shop.name,
                    )
                )

    # Connection

    def action_test_connection(self):
        """Ask each shop for one row, once, and keep what came of it in `state`. Raises UserError
        for a failure that may pass: it is no reason to stop a shop that works, or to start one."""
        for shop in self._as_system("cloudsales_merchantpro.group_manager"):
            try:
                shop._client().test()
            except (errors.TransientError, errors.RateLimited) as error:
                raise UserError(shop._told(error)) from error
            except errors.MerchantProError as error:
                shop._stop_for(error)
            else:
                shop.write({"state": "connected", "state_message": False})
        return True

    def _client(self, **options):
        """The API client of one shop, with the budget that all processes share. `options` of
        `Client`; scripts have its patience, jobs and screens less."""
        self.ensure_one()
        shop = self.sudo()
        if not shop.api_key or not shop.api_secret:
            raise UserError(self.env._("Enter the API key and secret of %s first.", shop.name))
        return Client(
            shop.url,
            shop.api_key,
            shop.api_secret,
            limiter=shop._limiter(),
            batch_as_one=shop.batch_as_one,
            on_call=self.env["merchantpro.call"]._recorder(shop),
            **({} if self._at_once() else SHORT_PATIENCE),
            **options,
        )

    def _limiter(self):
        """The call budget of the shop's key, shared by all processes."""
        dbname = self.env.cr.dbname
        store = PostgresStore(
            # Not the registry's cursor: a call made is made, whatever becomes of our
            # transaction, and the lock must end before the call begins.
            lambda: db_connect(dbname).cursor(),
            bucket_name(self.url, self.api_key),
        )
        return Limiter(store)

    def _usable(self):
        """The shops that may be called without a person asking."""
        return self.filtered(lambda shop: shop.active and shop.state == "connected")

    def _unattended(self):
        """The shop for work that no person waits for: its words are in the shop's language, and
        so are those of the jobs it enqueues. A language since removed is left out."""
        self.ensure_one()
        lang = self.env["res.lang"]._get_code(self.lang)
        return self.with_context(lang=lang) if lang else self

    def _check_usable(self):
        for shop in self - self._usable():
            raise UserError(
                self.env._(
                    "%(shop)s is not connected. %(reason)s Test the connection first.",
                    shop=shop.name,
                    reason=shop.state_message or "",
                )
            )

    def _stop_for(self, error):
        """The site refused us: no call any more until somebody tested the connection.

        That stays true when our transaction fails, for instance because another one changed the
        shop meanwhile: its job will run again, and each further refusal is one on the way to
        the lock-out."""
        self.ensure_one()
        reason = self._told(error)
        self.sudo()._stop(reason)
        self.env.cr.postrollback.add(functools.partial(self._stop_after_rollback, reason))

    def _stop(self, reason):
        if self.state == "error" and self.state_message == reason:
            return
        self.write({"state": "error", "state_message": reason})
        self.message_post(body=reason)

    def _stop_after_rollback(self, reason):
        with self.env.registry.cursor() as own:
            # Waits for the transaction that was in our way, instead of failing again.
            own.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            shop = self.with_env(api.Environment(own, SUPERUSER_ID, self.env.context)).exists()
            if shop._usable():
                shop._stop(reason)

    # Screens

    def _action_of(self, xmlid, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(f"cloudsales_merchantpro.{xmlid}")
        return {**action, "domain": [("shop_id", "in", self.ids)], "context": context}

    def action_open_variants(self):
        return self._action_of("merchantpro_variant_action")

    def action_open_review(self):
        return self._action_of("merchantpro_variant_action", search_default_review=1)

    def action_open_orders(self):
        return self._action_of("merchantpro_order_action")

    def action_open_held(self):
        return self._action_of("merchantpro_order_action", search_default_attention=1)
