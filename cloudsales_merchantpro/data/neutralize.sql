-- A copied database must never write to a real shop or use its key.
UPDATE merchantpro_shop
   SET push_stock = false, push_cancelled = false, push_shipped = false, push_in_process = false,
       push_delivered = false, push_awb = false, efactura = false, price_direction = 'none',
       order_interval = 0, state = 'draft',
       api_key = NULL, api_secret = NULL, webhook_secret = NULL;
DELETE FROM merchantpro_change;
DELETE FROM merchantpro_order_message WHERE state = 'waiting';
-- Rules make documents, waybills and messages to real customers.
UPDATE merchantpro_rule SET active = false;
UPDATE merchantpro_rule_run SET state = 'skipped' WHERE state = 'waiting';
-- Pictures are public, but no site should notice a copy of its ERP.
UPDATE merchantpro_image SET state = 'new' WHERE state = 'waiting';
-- No paper comes out of a printer because of a copy.
UPDATE merchantpro_printer SET backend = 'download';
UPDATE merchantpro_print_job SET state = 'cancelled' WHERE state IN ('waiting', 'printing');
-- Buyers are never written to from a copy; Odoo itself keeps its queues of mail from being sent.
UPDATE merchantpro_alert SET state = 'cancelled' WHERE state = 'waiting';
UPDATE sms_sms SET state = 'canceled'
 WHERE state = 'outgoing' AND id IN (SELECT sms_id FROM merchantpro_alert);
-- Nor may it order from suppliers.
UPDATE purchase_need_cutoff SET active = false;
