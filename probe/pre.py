import uuid, sys, traceback
from odoo.addons.cloudsales_merchantpro.api.limits import Limits
Limits.windows = lambda self: ((10**6,1),)
from merchantpro_simulator import Simulator
from odoo.tests import new_test_user
site = Simulator(seed="empty", key=uuid.uuid4().hex).__enter__()
env = env(context={**env.context,"queue_job__no_delay":True,"tracking_disable":True})
company = env.ref("base.main_company")
wh = env["stock.warehouse"].search([("company_id","=",company.id)],limit=1)
def make_shop(**v):
    s = env["merchantpro.shop"].create({"name":"T","url":site.url,"api_key":site.key,"api_secret":site.secret,"webhook_secret":site.webhook_secret,"company_id":company.id,"order_warehouse_id":wh.id,"order_start_date":"2020-01-01 00:00:00",**v})
    s.action_test_connection(); site.clear_calls(); return s
shop = make_shop()
def row(x): return env["merchantpro.variant"].search([("shop_id","=",shop.id),("external_id","=",str(x))])
def order(x): return env["merchantpro.order"].search([("shop_id","=",shop.id),("external_id","=",x)])
def read_order(lines, **h):
    p = site.add_order(lines, **h); shop.fetch_orders(); return order(p["id"])
def attempt(label, f):
    try:
        with env.cr.savepoint():
            r = f()
        print("OK  ", label, "->", r)
        return r
    except Exception as e:
        print("FAIL", label, "->", type(e).__name__, str(e)[:300].replace("\n"," | "))
