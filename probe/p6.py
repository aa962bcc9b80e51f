import datetime, json, copy
site.add_product(id=1, sku="A", price_gross=100, stock=50)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog()
p=site.add_order([{"product_id":1}], payment_method_code="euplatesc"); shop.fetch_orders(); o=order(p["id"]); print(o.state); o.action_ignore(); site.update("order",p["id"],payment_status="paid"); o.action_retry(); o.action_reread(); print("ignored, then retry and read again:", o.state)
base=site.order(p["id"])
for label,val in (("NUL","a\x00b"),("surrogate","Hi \ud83d"),("NaN",float("nan")),("inf",float("inf"))):
    good={**copy.deepcopy(base),"id":"G"+label}; bad={**copy.deepcopy(base),"id":"B"+label,"customer_note":val}
    attempt(label, lambda: (len(env["merchantpro.order"]._store(shop,[good,bad])), order("G"+label).state, order("B"+label).state))
d={}; x=d
for i in range(900): x["a"]={}; x=x["a"]
attempt("deep", lambda: len(env["merchantpro.order"]._store(shop,[{**copy.deepcopy(base),"id":"Gd"},{**base,"id":"Bd","meta_fields":d}])))
print("== no locations: what would be sent")
shop.write({"push_stock":True}); row(1).product_id
q=env["stock.quant"].with_context(inventory_mode=True).create({"product_id":row(1).product_id.id,"location_id":wh.lot_stock_id.id,"inventory_quantity":20}); q.action_apply_inventory(); env.cr.flush()
shop.push_changes(); print("site", site.unit(1)["stock"])
shop.order_warehouse_id=False; shop.push_changes(); print("site after the warehouse was cleared", site.unit(1)["stock"])
shop.order_warehouse_id=wh; shop.push_changes(); print(site.unit(1)["stock"])
print("== off switch and a running chain")
s=shop; q.inventory_quantity=17; q.action_apply_inventory(); env.cr.flush(); s.push_stock=False
site.clear_calls(); s._job_push(); print("PATCHes by a pending job after Send Stock was switched off:", len(site.calls_of("PATCH")))
q.inventory_quantity=16; s.push_stock=True; q.action_apply_inventory(); env.cr.flush(); s.write({"state":"error"}); site.clear_calls(); s._push_batch(); s._read_orders(0,False); print("calls of pending jobs for a stopped shop:", len(site.calls))
s.state="connected"
print("== 404 then back")
site.remove("product",1); q.inventory_quantity=15; q.action_apply_inventory(); env.cr.flush(); s.push_changes(); print(row(1).on_site,row(1).push_error)
site.add_product(id=1, sku="A", price_gross=100, stock=50)
s.fetch_catalog(); print("catalog read again:", row(1).on_site, row(1).stock, env["merchantpro.change"].search_count([]))
s.push_changes(); print("site", site.unit(1)["stock"], "erp free", row(1).product_id.free_qty)
