import threading, time, logging
from odoo import api, SUPERUSER_ID
from odoo.modules.registry import Registry
site.add_product(id=1, sku="A", price_gross=100, stock=50)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog()
for i in range(2): site.add_order([{"product_id":1}], id=f"R{i}", payment_method_code="newpay", payment_status="paid", customer_id=900)
jobs_env=env(context={k:v for k,v in env.context.items() if k!="queue_job__no_delay"})
jobs_env["merchantpro.shop"].browse(shop.id)._read_orders(0,True)
env.cr.commit()
orders=[order("R0").id, order("R1").id]
print("jobs:", [(j.name,j.state) for j in env["queue.job"].search([("method_name","=","_process_one")])])
reg=Registry(env.cr.dbname)
res={}
def worker(n, hold):
    with reg.cursor() as cr:
        e=api.Environment(cr,SUPERUSER_ID,{"tracking_disable":True})
        try:
            e["merchantpro.order"].browse(orders[n])._process_one(); e.flush_all()
            res[n]="ok"
            time.sleep(hold)
        except Exception as ex:
            res[n]=f"{type(ex).__mro__[:3]} {str(ex)[:150]}"
            cr.rollback()
a=threading.Thread(target=worker,args=(0,4)); a.start(); time.sleep(1.5)
b=threading.Thread(target=worker,args=(1,0)); b.start(); a.join(); b.join()
print(res); env.cr.commit(); env.invalidate_all()
print([(o.external_id,o.state,o.held_reason) for o in env["merchantpro.order"].browse(orders)])
print("== KEY SHARE against a concurrent update (REPEATABLE READ)")
v=row(1)
with reg.cursor() as c1, reg.cursor() as c2:
    c1.execute("SELECT count(*) FROM merchantpro_variant"); 
    c2.execute("UPDATE merchantpro_variant SET stock=stock+1 WHERE id=%s",(v.id,)); c2.execute("UPDATE merchantpro_shop SET order_read_until=now() WHERE id=%s",(shop.id,)); c2.commit()
    try:
        c1.execute("INSERT INTO merchantpro_change(shop_id,variant_id) VALUES(%s,%s)",(shop.id,v.id)); print("insert ok"); c1.rollback()
    except Exception as ex: print(type(ex).__name__, str(ex)[:200]); c1.rollback()
print("== identity key")
jobs_env=env(context={k:v for k,v in env.context.items() if k!="queue_job__no_delay"})
import random
for n in (400,800,1500,3000):
    ids=sorted(random.sample(range(100000,400000),n)) if n!=1500 else list(range(100000,101500))
    attempt(f"with_delay for {n} rows", lambda: jobs_env["merchantpro.variant"].browse(ids).with_delay(identity_key=f"merchantpro.import:{ids}")._job_import().uuid and 1)
