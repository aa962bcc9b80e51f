"""The unit price without VAT of a line whose price has VAT in it, as documents show it."""


def net_unit_price(line, partner):
    """Before a discount, of a line of an order or of an invoice; as it is where VAT comes on top.
    Not rounded to cents: a price of less than a cent stays one where the digits allow it."""
    if not any(line.tax_ids.mapped("price_include")):
        return line.price_unit
    return line.tax_ids.with_context(round_base=False).compute_all(
        line.price_unit,
        currency=line.currency_id,
        product=line.product_id,
        partner=partner,
        rounding_method="round_globally",
    )["total_excluded"]
