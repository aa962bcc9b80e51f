import threading, time, copy, resource
from odoo import api, SUPERUSER_ID
from odoo.modules.registry import Registry
site.add_product(id=1, sku="A", price_gross=100, stock=50)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog(); 
read_order([{"product_id":1}], payment_status="paid")
nodelay=lambda e: e(context={k:v for k,v in e.context.items() if k!="queue_job__no_delay"})
for i in range(2): site.add_order([{"product_id":1}], id=f"Q{i}", payment_status="paid", customer_id=901)
nodelay(env)["merchantpro.shop"].browse(shop.id)._read_orders(0,True); env.cr.commit()
orders=[order("Q0").id, order("Q1").id]; reg=Registry(env.cr.dbname); res={}
def worker(n, hold):
    with reg.cursor() as cr:
        e=api.Environment(cr,SUPERUSER_ID,{"tracking_disable":True})
        try:
            e["merchantpro.order"].browse(orders[n])._process_one(); e.flush_all(); res[n]="ok"; time.sleep(hold)
        except Exception as ex: res[n]=f"{type(ex)} {str(ex)[:150]}"; cr.rollback()
a=threading.Thread(target=worker,args=(0,4)); a.start(); time.sleep(1.5)
b=threading.Thread(target=worker,args=(1,0)); b.start(); a.join(); b.join()
env.cr.commit(); env.invalidate_all(); print(res,[(o.external_id,o.state,o.held_reason) for o in env["merchantpro.order"].browse(orders)])
print("== two readers of one page")
for i in range(2): site.add_order([{"product_id":1}], id=f"W{i}", payment_status="paid")
res={}
def reader(n,hold):
    with reg.cursor() as cr:
        e=api.Environment(cr,SUPERUSER_ID,{"tracking_disable":True})
        try: e["merchantpro.shop"].browse(shop.id)._read_orders(0,False); e.flush_all(); res[n]="ok"; time.sleep(hold)
        except Exception as ex: res[n]=f"{type(ex)} {str(ex)[:150]}"; cr.rollback()
a=threading.Thread(target=reader,args=(0,4)); a.start(); time.sleep(1.5)
b=threading.Thread(target=reader,args=(1,0)); b.start(); a.join(); b.join(); print(res)
env.cr.commit(); env.invalidate_all()
print("== two catalogue chains (Fetch pressed twice)")
f=env["merchantpro.catalog.fetch"].create({"shop_id":shop.id}); env.cr.commit()
with reg.cursor() as c1:
    e1=api.Environment(c1,SUPERUSER_ID,{}); e1["merchantpro.catalog.fetch"].browse(f.id).lock_for_update()
    attempt("second chain", lambda: f._fetch_page())
print("== unlocked read again in the UI while the shop is down")
site.faults
u=nodelay(env)["merchantpro.order"].browse(orders[0])
shop.url="http://127.0.0.1:9"; shop.state="connected"
import odoo.addons.cloudsales_merchantpro.api.client as C
C.time.sleep=lambda s: None
attempt("action_reread", lambda: u.action_reread())
attempt("test connection", lambda: (shop.action_test_connection(), shop.state))
shop.url=site.url; shop.action_test_connection()
print("== retry storm")
from odoo.addons.queue_job.job import Job
base=site.order("Q0")
vals=[{"shop_id":shop.id,"external_id":f"ab{i}","payload":{**base,"id":f"ab{i}","payment_method_code":"euplatesc","payment_status":"awaiting"},"digest":"x"} for i in range(1000)]
env["merchantpro.order"].create(vals); env.flush_all(); env.invalidate_all()
t=time.time(); nodelay(env)["product.additional.code"].create({"product_id":row(1).product_id.id,"code":"K1"}); env.flush_all(); print("one additional code with 1000 unpaid card orders in the inbox:", round(time.time()-t,1),"s, jobs:", env["queue.job"].search_count([("state","=","pending"),("method_name","=","_process_one")]))
t=time.time(); nodelay(env)["product.additional.code"].create({"product_id":row(1).product_id.id,"code":"K2"}); env.flush_all(); print("the second:", round(time.time()-t,1),"s")
