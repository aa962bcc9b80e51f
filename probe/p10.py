import time, resource
N=20000
print("rows", N)
vals=[{"shop_id":shop.id,"external_id":str(i),"name":f"P{i}","description":"<p>"+"text "*400+"</p>"} for i in range(N)]
for k in range(0,N,5000): env["merchantpro.product"].create(vals[k:k+5000]); env.flush_all(); env.invalidate_all()
pages=env["merchantpro.product"].search([("shop_id","=",shop.id)])
ids=pages.ids
env.invalidate_all()
for k in range(0,N,5000):
    env["merchantpro.variant"].create([{"shop_id":shop.id,"parent_id":p,"external_id":str(p),"name":f"P{p}","sku":f"S{p}","ean":f"E{p}"} for p in ids[k:k+5000]]); env.flush_all(); env.invalidate_all()
env.cr.execute("INSERT INTO product_template(name,type,uom_id,categ_id,active,sale_ok,create_uid,tracking,service_tracking) SELECT jsonb_build_object('en_US','X'||i),'consu',1,(SELECT min(id) FROM product_category),true,true,1,'none','no' FROM generate_series(1,%s) i RETURNING id",(N,))
tids=[r[0] for r in env.cr.fetchall()]
env.cr.execute("INSERT INTO product_product(product_tmpl_id,active,default_code) SELECT t, true, 'S'||p FROM unnest(%s,%s) AS x(t,p)",(tids,ids))
env.invalidate_all()
mem=lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024
m0=mem(); t=time.time(); env["merchantpro.shop"].browse(shop.id).variant_ids.match(); env.flush_all(); print("match: %.1f s, +%d MB"%(time.time()-t, mem()-m0))
env.invalidate_all(); m0=mem(); t=time.time(); env["merchantpro.product"]._mark_missing(shop,set(map(str,range(N)))); env.flush_all(); print("_mark_missing: %.1f s, +%d MB"%(time.time()-t, mem()-m0))
shop.push_stock=True
env.invalidate_all(); rows=env["merchantpro.variant"].search([("shop_id","=",shop.id)],limit=2000); t=time.time(); rows._link(); env.flush_all(); print("link 2000 rows: %.1f s, cron triggers: %d"%(time.time()-t, env["ir.cron.trigger"].search_count([])))
t=time.time(); env.cr.execute("explain analyze select p.id from product_product p join product_template t on t.id=p.product_tmpl_id where lower(trim(p.default_code))=any(%s)",(["s1"],)); print(env.cr.fetchall()[-1])
env.cr.rollback()
