"""The ready-made sets of rules: what most merchants do with an order, for cash on delivery and for
what is paid before, made for one shop by one click. They are rules like any others afterwards.

Pressed again, a set gives back what is missing of it and changes nothing that is there, also what
somebody archived."""

from dataclasses import dataclass, field

from odoo import fields, models

from .concurrency import touch

PAID = [("merchantpro_payment_status", "=", "paid")]
# A card payment needs no proforma.
BY_WIRE = [("merchantpro_payment_method_id.code", "=", "wire")]
WIRE = {"domain": repr(BY_WIRE)}
TRANSFER = {"domain": repr([*BY_WIRE, ("merchantpro_payment_status", "!=", "paid")])}
SWITCHES = ("push_in_process", "push_shipped", "push_delivered", "push_cancelled")
OFF = {"active": False}
# In the list the rules of a set stay together.
FIRST = {"cash": 0, "before": 1000}
HOURS = (9.0, 20.0)  # in which messages are sent


@dataclass(frozen=True)
class Step:
    """A rule of a set. `key` never changes: it says which rule of a shop this is."""

    key: str
    event: str
    action: str
    about: str = ""  # the state for the site, or the moment of the message
    more: dict = field(default_factory=dict)


def steps(kind, picks):
    """The steps of a set in their sequence. `picks`: the warehouse picks before it ships."""
    cash = kind == "cash"
    # What is not paid yet is reserved, but not packed: it waits for the money.
    wait = {} if cash else {"wait_domain": repr(PAID)}
    before = [
        Step("proforma", "confirmed", "proforma", more=TRANSFER),
        Step("mail_proforma", "confirmed", "mail", "proforma", TRANSFER),
        Step("mail_paid", "paid", "mail", "paid", WIRE),
    ]
    return [
        *([] if cash else before),
        Step("delayed", "delayed", "mail", "delayed"),
        Step("in_process", "reserved", "status", "in_process", wait),
        Step("picking", "reserved", "print_picking", more=wait),
        Step("awb", "picked" if picks else "reserved", "awb", more=wait),
        # With the waybill, so that it may travel in the parcel; most send it by e-mail only.
        Step("invoice", "awb", "invoice"),
        Step("label", "awb", "print_label"),
        Step("print_invoice", "invoiced", "print_invoice", more=OFF),
        Step("mail_invoice", "invoiced", "mail", "invoice"),
        Step("shipped", "shipped", "status", "shipped"),
        Step("mail_shipped", "shipped", "mail", "shipped"),
        # An SMS costs money: it is there, and off.
        Step("sms_shipped", "shipped", "sms", "shipped", OFF),
        Step("mail_at_point", "at_point", "mail", "at_point"),
        Step("sms_at_point", "at_point", "sms", "at_point", OFF),
        Step("delivered", "delivered", "status", "delivered"),
        Step("cancelled", "cancelled", "status", "cancelled"),
        Step("mail_cancelled", "cancelled", "mail", "cancelled"),
    ]


class MerchantProRule(models.Model):
    _inherit = "merchantpro.rule"

    set_shop_id = fields.Many2one(
        "merchantpro.shop",
        string="Shop of the Set",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
    )
    set_key = fields.Char(string="Of a Ready-Made Set", readonly=True, copy=False)

    _set_uniq = models.UniqueIndex(
        "(set_shop_id, set_key) WHERE set_key IS NOT NULL", "This rule of the set is there already."
    )


class MerchantProShop(models.Model):
    _inherit = "merchantpro.shop"

    def action_use_cash_set(self):
        """The rules for orders that the courier collects the money of."""
        return self._use_set("cash")

    def action_use_transfer_set(self):
        """The rules for orders that are paid before they are sent, by bank transfer or card."""
        return self._use_set("before")

    def _use_set(self, kind):
        shops = self._as_system("cloudsales_merchantpro.group_manager")
        touch(shops)  # who presses at the same moment begins again, and finds them
        for shop in shops:
            shop._make_rules(kind)
            # What the rules say to the site is said: that is what was asked for.
            shop.write(dict.fromkeys(SWITCHES, True))
        return shops.action_open_rules()

    def _make_rules(self, kind):
        rules = self.env["merchantpro.rule"].with_context(active_test=False)
        there = set(rules.search([("set_shop_id", "=", self.id)]).mapped("set_key"))
        picks = self.order_warehouse_id.delivery_steps != "ship_only"
        for sequence, step in enumerate(steps(kind, picks), 1):
            values = self._prepare_rule_values(kind, step)
            key = f"{kind}:{step.key}"
            if key not in there and values:
                rules.create({**values, "set_key": key, "sequence": FIRST[kind] + 10 * sequence})

    def _prepare_rule_values(self, kind, step):
        """Values of a rule; None for a message whose template is not there."""
        values = {
            "name": self._rule_name(step),
            "company_id": self.company_id.id,
            "shop_ids": self.ids,
            "set_shop_id": self.id,
            "event": step.event,
            "action": step.action,
            "payment_kind": "courier" if kind == "cash" else "before",
            **step.more,
        }
        if step.action == "status":
            values["site_status"] = step.about
        elif step.about:
            template = self.env.ref(
                f"cloudsales_merchantpro.{step.action}_template_{step.about}",
                raise_if_not_found=False,
            )
            if not template:
                return None
            values[f"{step.action}_template_id"] = template.id
            values["hour_from"], values["hour_to"] = HOURS
        return values

    def _rule_name(self, step):
        """“Reserved: print the picking”, in the language of who presses the button."""
        rules = self.env["merchantpro.rule"]
        events, actions, states = (
            dict(rules._fields[name]._description_selection(self.env))
            for name in ("event", "action", "site_status")
        )
        name = f"{events[step.event]}: {actions[step.action]}"
        return f"{name} ({states[step.about]})" if step.action == "status" else name
