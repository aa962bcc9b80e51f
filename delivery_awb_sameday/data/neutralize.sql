-- A copied database must never make waybills with the account of the real one.
UPDATE delivery_carrier
   SET sameday_username = NULL, sameday_password = NULL, sameday_url = NULL
 WHERE delivery_type = 'sameday';
DELETE FROM sameday_token;
