"""An order of a buyer with an e-mail address and a phone, and a real mail server."""

from odoo.addons.cloudsales_merchantpro.models import alert_moments

from tools.mailbox import Mailbox

from .order_case import OrderCase

BUYER = "ana@example.com"


class AlertCase(OrderCase):
    books = False

    def prepare(self):
        super().prepare()
        self.company.email = "firma@example.com"
        self.shop.write({"name": "Ceramica", "lang": "en_US"})
        placed = [{"product_id": 1, "quantity": 2}]
        self.sale = self.assert_imported(self.read_order(placed))
        self.buyer = self.sale.partner_id
        self.buyer.write({"name": "Ana Pop", "email": BUYER, "lang": "en_US"})
        self.sale.partner_shipping_id.phone = "0722 000 111"

    @classmethod
    def _prepare_once(cls):
        cls.mailbox = cls.enterClassContext(Mailbox())
        super()._prepare_once()
        cls.env["ir.mail_server"].search([]).active = False
        cls.env["ir.mail_server"].create(
            {
                "name": "Test",
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.mailbox.smtp_port,
                "smtp_encryption": "none",
            }
        )
        # In tests Odoo sends nothing; here it is to, to a server of ours.
        cls.classPatch(
            cls.env.registry["ir.mail_server"], "_disable_send", classmethod(lambda cls: False)
        )

    def setUp(self):
        super().setUp()
        for path in self.mailbox.folder.iterdir():
            path.unlink()
        self.mailbox.refused.clear()

    def template(self, moment, channel="mail"):
        return self.env.ref(f"cloudsales_merchantpro.{channel}_template_{moment}")

    def tell(self, moment, channel="mail", sale=None, **about):
        template = self.template(moment, channel)
        return self.env["merchantpro.alert"]._send(sale or self.sale, template, **about)

    def rule(self, event, action="mail", **values):
        return self.env["merchantpro.rule"].create(
            {"name": f"{event} {action}", "event": event, "action": action, **values}
        )

    def run_queue(self):
        """Odoo's mail queue, then our cron, as they run by themselves."""
        self.env.flush_all()
        self.env["mail.mail"].sudo().process_email_queue()
        self.env["merchantpro.alert"]._cron_follow()

    def received(self):
        return self.mailbox.mails()


MOMENTS = [moment for moment, _label in alert_moments.MOMENTS]
