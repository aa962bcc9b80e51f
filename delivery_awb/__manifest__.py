{
    "name": "Waybills (AWB)",
    "summary": "A waybill of any courier as a record: made once, labelled, tracked, cancelled",
    "version": "19.0.1.0.0",
    "author": "CloudSales",
    "website": "https://www.cloudsales.ro",
    "license": "LGPL-3",
    "category": "Supply Chain/Delivery",
    "depends": ["stock_delivery", "queue_job"],
    "data": [
        "security/ir.model.access.csv",
        "security/delivery_awb_rules.xml",
        "data/queue_job_data.xml",
    ],
}
