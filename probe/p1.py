# sales line quantity edit reprices?
site.add_product(id=1, sku="A", price_gross=100, stock=50)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog()
r=row(1); print(r.match_state, r.import_error, r.product_id.lst_price)
o=read_order([{"product_id":1,"quantity":3,"unit_price_gross":80}])
print(o.state,o.held_reason,o.sale_order_id.amount_total)
l=o.sale_order_id.order_line; print(l.price_unit,l.technical_price_unit)
l.product_uom_qty=2; env.flush_all(); print("after qty 2: unit", l.price_unit, "total", o.sale_order_id.amount_total)
