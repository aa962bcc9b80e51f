"""A refusal is remembered although the transaction that met it fails."""

WORK = """
from odoo.service.model import retrying
def work():
    shop.invalidate_recordset()
    shop.state  # the transaction's snapshot is taken
    with env.registry.cursor() as other:  # meanwhile somebody works on the shop's form
        shop.with_env(env(cr=other)).name += "!"
    {job}
    env.flush_all()
retrying(work, env)
"""


def test_a_refused_key_is_tried_once_however_often_the_job_has_to_start_again(erp, site):
    site.gate.set_credentials(site.key, "changed in the panel")
    site.clear_calls()
    erp.run(WORK.format(job="shop._job_read_orders(0, True)"))
    assert [call["status"] for call in site.calls] == [401]
    assert erp.query("SELECT state FROM merchantpro_shop") == "error"
    assert "Copy both again" in erp.query("SELECT state_message FROM merchantpro_shop")
    said = "SELECT count(*) FROM mail_message WHERE body LIKE '%Copy both again%'"
    assert erp.query(said) == "1"
