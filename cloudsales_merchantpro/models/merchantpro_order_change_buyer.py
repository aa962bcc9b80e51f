"""Another buyer, another address or another delivery method of an order that is imported."""

from odoo import models

# Another buyer would bring these along from the contact.
KEPT = ("fiscal_position_id", "payment_term_id", "user_id", "team_id", "journal_id")


class MerchantProOrder(models.Model):
    _inherit = "merchantpro.order"

    def _buyer_changed(self, before, after):
        """Whether two api Orders differ in who buys or in where it goes."""
        return any(
            getattr(before, name) != getattr(after, name)
            for name in ("billing", "shipping", "email", "customer_id")
        )

    def _buyer_words(self, before, after):
        words = []
        if before.billing != after.billing:
            words.append(
                self.env._(
                    "Invoice address: %(before)s → %(after)s",
                    before=self._address_words(before.billing),
                    after=self._address_words(after.billing),
                )
            )
        if before.shipping != after.shipping:
            words.append(
                self.env._(
                    "Delivery address: %(before)s → %(after)s",
                    before=self._address_words(before.shipping),
                    after=self._address_words(after.shipping),
                )
            )
        if before.email != after.email:
            words.append(f"{before.email or '-'} → {after.email or '-'}")
        if before.customer_id != after.customer_id:
            words.append(
                self.env._(
                    "Customer of the shop: %(before)s → %(after)s",
                    before=before.customer_id or "-",
                    after=after.customer_id or "-",
                )
            )
        return words

    def _address_words(self, address):
        parts = (address.company, address.vat, address.registry, address.name, address.street)
        parts += (address.city, address.district, address.state, address.postal_code)
        return ", ".join(filter(None, (*parts, address.country_code, address.phone)))

    def _edit_addresses(self, contacts):
        """`contacts`: (buyer, invoice address, delivery address), or None if none changed."""
        sale = self.sale_order_id
        if not contacts:
            return
        values = dict(
            zip(
                ("partner_id", "partner_invoice_id", "partner_shipping_id"),
                (contact.id for contact in contacts),
                strict=True,
            )
        )
        if all(sale[name].id == contact for name, contact in values.items()):
            return
        values.update({name: sale[name].id for name in KEPT})
        # Odoo would only ask somebody to correct the pickings.
        sale.with_context(update_delivery_shipping_partner=True).write(values)

    def _edit_carrier(self, meanings):
        sale = self.sale_order_id
        before, after = (meaning.shipping.carrier_id for meaning in meanings)
        # Another carrier than the site's was chosen here by hand.
        if before == after or sale.carrier_id != before:
            return
        sale.carrier_id = after
        sale.picking_ids.filtered(
            lambda picking: picking.state != "cancel" and picking.carrier_id == before
        ).carrier_id = after
