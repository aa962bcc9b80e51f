-- A copied database must never make, cancel or follow a waybill of a real shop.
UPDATE delivery_carrier SET awb_on_validate = false, awb_tracking = false;
UPDATE delivery_awb SET queued = false, cancel_wanted = false;
