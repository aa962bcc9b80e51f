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
