"""Messages to buyers with a real mail server: the job runner, two at once, killed, delayed."""

import pytest
from hold import held
from waiting import wait_until

from tools.mailbox import Mailbox

SETTINGS = """
env["product.product"].create({{"name": "Cană", "default_code": "CANA", "is_storable": True}})
env["ir.mail_server"].create({{"name": "Test", "smtp_host": "127.0.0.1",
    "smtp_port": {smtp_port}, "smtp_encryption": "none"}})
env["ir.config_parameter"].set_param("sms.endpoint", {url!r})
env["res.lang"]._activate_lang("ro_RO")
template = env.ref("cloudsales_merchantpro.mail_template_confirmed")
template.with_context(lang="ro_RO").subject = "Comanda {{{{ object.alert_number }}}} confirmată"
shop.company_id.email = "firma@example.com"
shop.write({{"name": "Ceramica", "lang": "ro_RO"}})
now = shop.with_context(queue_job__no_delay=True)
now.fetch_catalog()
now.variant_ids.import_to_catalog()
now.fetch_orders()
"""
RULES = """
for action, template in (("mail", False), ("mail", "proforma"), ("sms", False)):
    env["merchantpro.rule"].create({"name": action, "event": "confirmed", "action": action,
        "mail_template_id": template and env.ref(
            "cloudsales_merchantpro.mail_template_" + template).id})
"""
SEND = """
sale = env["sale.order"].search([("merchantpro_order_id", "!=", False)])
template = env.ref("cloudsales_merchantpro.mail_template_{moment}")
env["merchantpro.alert"]._send(sale, template)
"""
QUEUE = 'env["mail.mail"].process_email_queue()'
FOLLOW = 'env["merchantpro.alert"]._cron_follow()'


@pytest.fixture(scope="module")
def server():
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="module")
def prepared(origin, server):
    """An order, and a shop that writes to its buyers."""
    origin.site.add_product(id=1, sku="CANA", price_gross=24.2, stock=5)
    order(origin.site)
    origin.erp.run(SETTINGS.format(smtp_port=server.smtp_port, url=server.url))


@pytest.fixture
def erp(shared):
    """Each test writes of another moment; the last one has another order and rules."""
    return shared


@pytest.fixture
def mailbox(server):
    """It is empty."""
    for path in server.folder.iterdir():
        path.unlink()
    return server


def order(site):
    return site.add_order([{"product_id": 1}])["id"]


def states(erp, moment):
    return erp.query(f"SELECT state FROM merchantpro_alert WHERE moment = '{moment}'").split()


def test_of_two_workers_at_once_one_writes_the_message(erp, mailbox):
    send = SEND.format(moment="received")
    with held(erp.db, "merchantpro_alert", "true") as wait_for_somebody:
        first = erp.start(send)
        wait_for_somebody()
        second = erp.start(
            f"""
from odoo.addons.cloudsales_merchantpro.models.rule_outcomes import NotNeeded
from psycopg2.errors import SerializationFailure
send = compile({send!r}, "send", "exec")
try:
    exec(send)
except (SerializationFailure, NotNeeded):
    env.cr.rollback()
    try:
        exec(send)
    except NotNeeded:
        print("not needed")
"""
        )
    first.finish()
    assert second.finish()[0] == "not needed\n"
    erp.run(QUEUE)
    assert (states(erp, "received"), mailbox.deliveries()) == (["waiting"], 1)
    erp.run(FOLLOW)
    assert states(erp, "received") == ["sent"]


def test_of_two_who_empty_the_mail_queue_at_once_one_sends(erp, mailbox):
    erp.run(SEND.format(moment="paid"))
    mailbox.pause = 5
    first = erp.start(QUEUE)
    wait_until(mailbox.deliveries)
    erp.start(QUEUE).finish()
    first.finish()
    mailbox.pause = 0
    assert mailbox.deliveries() == 1


def test_killed_before_the_server_answered_it_is_the_same_message_again(erp, mailbox):
    erp.run(SEND.format(moment="shipped"))
    mailbox.pause = 60
    sender = erp.start(QUEUE)
    wait_until(mailbox.deliveries)
    sender.kill()
    mailbox.pause = 0
    erp.run(f"{QUEUE}\n{FOLLOW}")
    # No mail server can be asked whether it has a message: it comes again, under its old name.
    assert (mailbox.deliveries(), len(mailbox.mails())) == (2, 1)
    assert states(erp, "shipped") == ["sent"]


def test_killed_before_it_was_committed_it_is_written_by_the_next_one(erp, mailbox):
    send = SEND.format(moment="delivered")
    with held(erp.db, "mail_mail", "true") as wait_for_somebody:
        worker = erp.start(send)
        wait_for_somebody()
        worker.kill()
    assert states(erp, "delivered") == []
    erp.run(f"{send}\nenv.cr.commit()\n{QUEUE}\n{FOLLOW}")
    assert (states(erp, "delivered"), mailbox.deliveries()) == (["sent"], 1)


def test_an_order_arrives_and_its_buyer_hears_of_it_by_itself(erp, site, mailbox):
    number = order(site)
    erp.serve()
    erp.run(f"{RULES}shop.fetch_orders()")
    wait_until(lambda: len(mailbox.mails()) == 2 and mailbox.texts())
    mail, proforma = sorted(mailbox.mails(), key=lambda mail: len(mail.as_bytes()))
    assert mail["Subject"] == f"Comanda {number} confirmată"
    assert str(mail["From"]) == "Ceramica <firma@example.com>"
    assert f"/merchantpro/no-messages/{buyer(erp)}/" in mail.get_body(("html",)).get_content()
    (document,) = proforma.iter_attachments()
    assert document.get_content_type() == "application/pdf"
    assert document.get_payload(decode=True).startswith(b"%PDF")
    assert number in mailbox.texts()[0]["content"]
    wait_until(lambda: states(erp, "confirmed") == ["sent", "sent"])
    # The mail server goes down, and comes back.
    mailbox.shut()
    order(site)
    erp.run("shop.fetch_orders()")
    tried = "SELECT count(*) FROM merchantpro_alert WHERE tries = 1"
    wait_until(lambda: erp.query(tried) == "2")
    failed = erp.query("SELECT state FROM merchantpro_rule_run WHERE problem LIKE '%refused%'")
    assert failed == "failed\nfailed"
    mailbox.open()
    erp.query("UPDATE merchantpro_alert SET next_try = now() - interval '1 hour' WHERE tries = 1")
    erp.run('env.ref("cloudsales_merchantpro.cron_alerts")._trigger()')
    wait_until(lambda: len(mailbox.mails()) == 4)
    wait_until(lambda: states(erp, "confirmed") == ["sent"] * 4)
    wait_until(lambda: states(erp, "proforma") == ["sent"] * 2)
    assert (mailbox.deliveries(), len(mailbox.texts())) == (4, 2)
    assert erp.query("SELECT DISTINCT state FROM merchantpro_rule_run") == "done"
    assert erp.errors() == ""


def buyer(erp):
    return erp.query(
        "SELECT DISTINCT partner_id FROM sale_order WHERE merchantpro_order_id IS NOT NULL"
    )
