"""Run inside Odoo (`env` at hand): a Romanian company in a fresh database."""


def set_up(env):
    """Country RO, currency RON, the Romanian chart of accounts, Romanian beside English."""
    company = env.ref("base.main_company")
    company.partner_id.write({"country_id": env.ref("base.ro").id, "vat": False})
    company.write({"name": "Prăvălia SRL", "currency_id": env.ref("base.RON").id})
    if company.chart_template != "ro":
        env["account.chart.template"].try_loading("ro", company, install_demo=False)
    env.ref("base.RON").active = True
    env.cr.commit()
