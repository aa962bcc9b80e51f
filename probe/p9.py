import time, resource
site.orders.lower_stock=True
site.add_product(id=1, sku="A", price_gross=100, stock=10)
shop.fetch_catalog(); shop.variant_ids.import_to_catalog()
prod=row(1).product_id
def setq(n):
    env["stock.quant"].with_context(inventory_mode=True).create({"product_id":prod.id,"location_id":wh.lot_stock_id.id,"inventory_quantity":n}).action_apply_inventory(); env.cr.flush()
setq(10); shop.push_stock=True; shop.push_changes(); print("site", site.unit(1)["stock"])
print("== an order that waits for payment, then any other movement")
o=read_order([{"product_id":1,"quantity":10}], payment_method_code="euplatesc"); print(o.state, "site", site.unit(1)["stock"])
setq(11); shop.push_changes(); print("after +1 received: site offers", site.unit(1)["stock"], "(all but 1 are in the order being paid)")
site.update("order",o.external_id,payment_status="paid"); shop.fetch_orders(); o.invalidate_recordset(); print(o.state); shop.push_changes(); print(site.unit(1)["stock"])
print("== the site's stock changed back to what the catalogue reading knew")
site.add_product(id=2, sku="B", price_gross=10, stock=8); shop.fetch_catalog(); row(2).import_to_catalog()
env["stock.quant"].with_context(inventory_mode=True).create({"product_id":row(2).product_id.id,"location_id":wh.lot_stock_id.id,"inventory_quantity":5}).action_apply_inventory(); env.cr.flush(); shop.push_changes()
print("site", site.unit(2)["stock"], "known", row(2).stock)
site.update("product",2,stock=8); shop.fetch_catalog(); print("read again: known", row(2).stock, "site", site.unit(2)["stock"], "raw date_modified in list:", "date_modified" in site.product(2))
print("== row linked to nothing")
att=env["product.attribute"].create({"name":"Size9","create_variant":"always","value_ids":[(0,0,{"name":"S"}),(0,0,{"name":"M"})]})
col=env["product.attribute"].create({"name":"Col9","create_variant":"always","value_ids":[(0,0,{"name":"R"}),(0,0,{"name":"G"})]})
t=env["product.template"].create({"name":"TT","attribute_line_ids":[(0,0,{"attribute_id":att.id,"value_ids":[(6,0,att.value_ids.ids)]}),(0,0,{"attribute_id":col.id,"value_ids":[(6,0,col.value_ids.ids)]})]})
t.product_variant_ids[0].default_code="TSS"
site.add_product(id=50, type="multi_variant", name="TT", variant_attributes=[{"name":"Size9","options":[{"value":"S"},{"value":"M"}]}], variants=[{"id":51,"sku":"TSS","price_gross":10,"stock":1,"variant_options":[{"name":"Size9","value":"S"}]},{"id":52,"sku":"TSM","price_gross":10,"stock":1,"variant_options":[{"name":"Size9","value":"M"}]}])
shop.fetch_catalog(); print([(r.sku,r.match_state,r.product_id.display_name) for r in row(51)|row(52)])
(row(51)|row(52)).import_to_catalog(); print([(r.sku,r.match_state,r.product_id.display_name,r.import_error) for r in row(51)|row(52)])
print("== stock user")
stocku = new_test_user(env,"stock1",groups="stock.group_stock_user,base.group_user")
o=read_order([{"product_id":1,"quantity":1}], payment_status="paid"); p=o.sale_order_id.picking_ids; print(o.state,p.state,p.move_ids.quantity)
def val():
    r=p.with_user(stocku).with_context(skip_sms=True,skip_backorder=True).button_validate(); env.cr.flush(); return p.state
attempt("validate", val)
print("== manual reservation")
wh.out_type_id.reservation_method="manual"; setq(50)
o=read_order([{"product_id":1,"quantity":3}], payment_status="paid"); print(o.state,o.sale_order_id.picking_ids.state)
wh.out_type_id.reservation_method="at_confirm"
print("== returned / refunded orders")
for h in ({"shipping_status":"returned"},{"shipping_status":"delivered"},{"payment_status":"cancelled"},{"payment_status":"refunded"}):
    o=read_order([{"product_id":1}], **h); print(h, o.state, o.sale_order_id.state)
print("== deleted product of a linked row"); pp=row(2).product_id; attempt("unlink", lambda: pp.unlink())
