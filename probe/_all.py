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
import threading, http.server, base64
seen=[]
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self): seen.append(self.headers.get("Authorization")); self.send_response(200); self.end_headers(); self.wfile.write(b"{}")
    def log_message(self,*a): pass
srv=http.server.HTTPServer(("127.0.0.1",0),H); threading.Thread(target=srv.serve_forever,daemon=True).start()
mgr = new_test_user(env,"mp_mgr",groups="cloudsales_merchantpro.group_manager,base.group_user")
s=shop.with_user(mgr); print("is system:", mgr.has_group("base.group_system")); attempt("mgr reads secret", lambda: s.api_secret)
s.url=f"http://127.0.0.1:{srv.server_port}"; s.action_test_connection(); print("manager's own server got:", base64.b64decode(seen[0].split()[1])==f"{site.key}:{site.secret}".encode())
from odoo.addons.cloudsales_merchantpro.api.client import _reset_wait
import time, datetime
print("reset_time in ms:", _reset_wait({}, {"reset_time": int(time.time()*1000)+20000}), " naive local ISO (+3h zone), 20 s ahead:", _reset_wait({}, {"reset_time": (datetime.datetime.utcnow()+datetime.timedelta(hours=3,seconds=20)).isoformat()}))
print("== discount with zero shares on two rates")
shop.url=site.url; shop.action_test_connection()
site.add_product(id=1, sku="A", price_gross=100, stock=50, tax_value=21); site.add_product(id=2, sku="B", price_gross=100, stock=50, tax_value=11)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog()
attempt("zero shares", lambda: (lambda o:(o.state,o.held_reason))(read_order([{"product_id":1},{"product_id":2},{"item_type":"promo_cart","amount":10,"product_tax_percent":None,"applied_discounts":[{"product_id":1,"amount":0.001},{"product_id":2,"amount":0.001}]}])))
