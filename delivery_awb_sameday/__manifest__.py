{
    "name": "Waybills (AWB): Sameday",
    "summary": "Waybills, labels and tracking of Sameday, with easybox lockers",
    "version": "19.0.1.0.0",
    "author": "CloudSales",
    "website": "https://www.cloudsales.ro",
    "license": "LGPL-3",
    "category": "Supply Chain/Delivery",
    "depends": ["delivery_awb"],
    "external_dependencies": {"python": ["requests"]},
    "data": [
        "security/ir.model.access.csv",
        "security/sameday_rules.xml",
        "views/delivery_carrier_views.xml",
        "views/delivery_awb_views.xml",
        "views/sameday_locker_views.xml",
    ],
}
