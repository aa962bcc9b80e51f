-- A copied database must never write to a real shop or use its key.
UPDATE merchantpro_shop
   SET push_stock = false, push_cancelled = false, push_shipped = false,
       push_delivered = false, push_awb = false, efactura = false, price_direction = 'none', order_interval = 0, state = 'draft',
       api_key = NULL, api_secret = NULL, webhook_secret = NULL;
DELETE FROM merchantpro_change;
DELETE FROM merchantpro_order_message WHERE state = 'waiting';
-- Pictures are public, but no site should notice a copy of its ERP.
UPDATE merchantpro_image SET state = 'new' WHERE state = 'waiting';
