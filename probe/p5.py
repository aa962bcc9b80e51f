import datetime, json
site.add_product(id=1, sku="A", price_gross=100, stock=50)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog()
print("== late payment")
now=datetime.datetime.now(datetime.UTC)
iso=lambda d:d.isoformat(timespec="seconds")
p=site.add_order([{"product_id":1}], payment_method_code="euplatesc", date_created=iso(now-datetime.timedelta(days=5)))
shop.fetch_orders(); o=order(p["id"]); print(o.state,o.held_reason)
site.add_order([{"product_id":1}], date_created=iso(now)); shop.fetch_orders(); print("read until", shop.order_read_until)
site.update("order",p["id"],payment_status="paid")
shop.order_full_read=False; shop.fetch_orders(); o.invalidate_recordset(); print("after payment on day 5 and a full reading:", o.state, o.payment_status)
print("== future dated order")
p=site.add_order([{"product_id":1}], date_created="2031-01-01T00:00:00+02:00"); shop.fetch_orders(); print(order(p["id"]).state, shop.order_read_until)
p=site.add_order([{"product_id":1}]); shop.order_full_read=False; shop.fetch_orders(); print("a new order read after it:", order(p["id"]))
shop.order_read_until=False
print("== ignored by mistake")
o=order(p["id"]) or (shop.fetch_orders() and order(p["id"]))
print(o.state)
p=site.add_order([{"product_id":1}], payment_method_code="euplatesc"); shop.fetch_orders(); o=order(p["id"]); o.action_ignore(); site.update("order",p["id"],payment_status="paid"); o.action_retry(); o.action_reread(); print("ignored, then retry and read again:", o.state)
print("== start date cleared")
s2=make_shop(name="S2", order_start_date=False); attempt("fetch_orders without start date", lambda: s2.fetch_orders())
print("== NUL / surrogate / NaN in one order of a page")
for label,val in (("NUL","a\x00b"),("surrogate","Hi \ud83d"),):
    with env.cr.savepoint() as sp:
        p1=site.add_order([{"product_id":1}]); 
        bad=site.add_order([{"product_id":1}], customer_note=val)
        attempt(label, lambda: (shop.fetch_orders(), order(p1["id"]).state, order(bad["id"]).state))
    site.remove("order",bad["id"])
