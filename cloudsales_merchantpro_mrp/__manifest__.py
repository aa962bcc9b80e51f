{
    "name": "CloudSales MerchantPro: Kits",
    "summary": "MerchantPro shops sell kits by what there is of their components",
    "version": "19.0.1.0.0",
    "author": "CloudSales",
    "website": "https://www.cloudsales.ro",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "depends": ["cloudsales_merchantpro", "mrp"],
    "auto_install": True,
}
