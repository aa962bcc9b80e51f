"""Run inside Odoo (`env` at hand): what the demonstration's orders need to flow by themselves, and
what became of them in the end.

The parts outside Odoo are those of `demo_services`: a courier, a mailbox, a print server."""

from . import demo_services


def prepare(env, services):
    """A courier, printers, a mail server and the two ready-made sets of rules for the shop."""
    shop = env["merchantpro.shop"].search([], limit=1)
    shop.company_id.write(
        {"email": "comenzi@pravalia.example", "phone": "+40 264 123 456", "street": "Str. Lungă 1",
         "city": "Cluj-Napoca", "zip": "400114", "state_id": env.ref("base.RO_CJ").id,
         "vat": "RO4031271"}
    )  # fmt: skip
    # No document of the demonstration has scripts that Odoo had to wait for.
    env["ir.config_parameter"].set_param("report.print_delay", "0")
    _mail(env, services)
    carrier = _courier(env, services)
    _methods(env, shop, carrier)
    if services["printer"]:
        _printers(env, shop, services)
    shop.action_use_cash_set()
    shop.action_use_transfer_set()
    # Whoever looks at the demonstration at night sees its messages too.
    env["merchantpro.rule"].search([]).write({"hour_from": 0, "hour_to": 0})
    env.cr.commit()


def _mail(env, services):
    env["ir.mail_server"].search([]).unlink()
    env["ir.mail_server"].create(
        {"name": "Demo", "smtp_host": "127.0.0.1", "smtp_port": services["smtp"],
         "smtp_encryption": "none"}
    )  # fmt: skip
    # Texts go to the same mailbox, which answers as Odoo's service for SMS does.
    env["ir.config_parameter"].set_param("sms.endpoint", services["mailbox"])


def _courier(env, services):
    product = found_or_made(
        env["product.product"],
        {"name": "Livrare Sameday"},
        {"type": "service", "sale_ok": False},
    )
    carrier = found_or_made(
        env["delivery.carrier"],
        {"delivery_type": "sameday"},
        {
            "name": "Sameday",
            "product_id": product.id,
            "sameday_username": demo_services.USER,
            "sameday_password": demo_services.PASSWORD,
            "awb_default_weight": 0.5,
            "prod_environment": True,
        },
    )
    carrier.sameday_url = services["courier"]
    carrier.action_sameday_read()
    return carrier


def _methods(env, shop, carrier):
    """What the site calls its methods means something here before the first order comes."""
    shipping = env["merchantpro.shipping.method"]._for_codes(shop, {"1": "Curier rapid"})
    shipping["1"].carrier_id = carrier
    env["merchantpro.payment.method"]._for_codes(
        shop, {"cash_delivery": "Ramburs", "wire": "Ordin de plată", "euplatesc": "Card online"}
    )


def _printers(env, shop, services):
    server = found_or_made(
        env["printing.server"],
        {"name": "Demo"},
        # CUPS shows the titles of jobs to who sent them, unless that is root.
        {"address": "127.0.0.1", "user": "odoo"},
    )
    server.port = services["printer"]
    server.update_printers(raise_on_error=True)
    printers = {}
    for queue, name in zip(
        demo_services.QUEUES, ("Imprimantă depozit", "Imprimantă etichete"), strict=True
    ):
        there = env["printing.printer"].search(
            [("system_name", "=", queue), ("server_id", "=", server.id)]
        )
        printers[queue] = found_or_made(
            env["merchantpro.printer"],
            {"printing_printer_id": there.id},
            {"name": name, "backend": "cups"},
        )
    shop.write(
        {
            "picking_printer_id": printers["PICKINGS"].id,
            "label_printer_id": printers["LABELS"].id,
            "invoice_printer_id": printers["PICKINGS"].id,
        }
    )


def found_or_made(model, known, more):
    """The record with the values `known`, made if there is none, so that it can be done again."""
    found = model.search([(name, "=", value) for name, value in known.items()], limit=1)
    return found or model.create({**known, **more})


def connect(env, services):
    """Where the parts listen now."""
    env["ir.mail_server"].search([]).smtp_port = services["smtp"]
    env["ir.config_parameter"].set_param("sms.endpoint", services["mailbox"])
    env["delivery.carrier"].search([("delivery_type", "=", "sameday")]).sameday_url = services[
        "courier"
    ]
    if services["printer"]:
        env["printing.server"].search([]).port = services["printer"]


WAITING = """
SELECT (SELECT count(*) FROM queue_job
         WHERE state IN ('enqueued', 'started', 'wait_dependencies')
            OR state = 'pending' AND (eta IS NULL OR eta < now() AT TIME ZONE 'UTC' + '2 min'))
     + (SELECT count(*) FROM merchantpro_print_job WHERE state IN ('waiting', 'printing'))
     + (SELECT count(*) FROM merchantpro_alert WHERE state = 'waiting')
     + (SELECT count(*) FROM mail_mail WHERE state = 'outgoing')
"""


def problems(figures):
    """What does not add up of the documents, in words."""
    pairs = (
        ("invoices with PDF", "invoices"),
        ("labels", "waybills"),
        ("invoices", "waybills"),
        ("labels printed", "labels"),
    )
    wrong = [
        f"{one}: {figures[one]}, but {other}: {figures[other]}"
        for one, other in pairs
        if figures[one] != figures[other]
    ]
    wrong += [f"no {name}" for name in ("waybills", "e-mails sent") if not figures[name]]
    return wrong


def figures(env):
    """How many of each document there are, and what is open."""
    orders = env["sale.order"].search([("merchantpro_order_id", "!=", False)])
    waybills = env["delivery.awb"].search([("picking_id.sale_id", "in", orders.ids)])
    jobs = env["merchantpro.print.job"]
    runs = env["merchantpro.rule.run"].search([("order_id", "in", orders.ids)])
    printed = {
        what: jobs.search_count([("what", "=", what), ("state", "=", "printed")])
        for what in ("picking", "label", "invoice")
    }
    invoices = orders._merchantpro_invoices()
    return {
        "proformas": len(orders.filtered("merchantpro_proforma_number")),
        "invoices": len(invoices),
        "invoices with PDF": len(invoices.filtered("invoice_pdf_report_id")),
        "waybills": len(waybills.filtered("number")),
        "labels": len(waybills.filtered("label")),
        "pickings printed": printed["picking"],
        "labels printed": printed["label"],
        "invoices printed": printed["invoice"],
        "e-mails sent": env["merchantpro.alert"].search_count(
            [("channel", "=", "mail"), ("state", "=", "sent")]
        ),
        "rules done": len(runs.filtered(lambda run: run.state == "done")),
        "rules waiting": len(runs.filtered(lambda run: run.state == "waiting")),
        "open points": len(runs.filtered(lambda run: run.state == "failed")),
        "why open": {
            run.order_id.merchantpro_number: f"{run.rule_id.name}: {run.problem}"
            for run in runs.filtered(lambda run: run.state == "failed")
        },
    }
