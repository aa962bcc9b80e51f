{
    "name": "CloudSales MerchantPro: CUPS",
    "summary": "Documents of MerchantPro orders print on CUPS printers",
    "version": "19.0.1.0.0",
    "author": "CloudSales",
    "website": "https://www.cloudsales.ro",
    "license": "AGPL-3",
    "category": "Sales/Sales",
    "depends": ["cloudsales_merchantpro", "base_report_to_printer_cups"],
    "external_dependencies": {"python": ["pycups"]},
    "data": ["views/merchantpro_printer_views.xml"],
    "auto_install": True,
}
