"""Labels as a PDF in the browser."""

import re

from odoo import http
from odoo.http import request


class Labels(http.Controller):
    @http.route("/delivery_awb/labels/<string:ids>", type="http", auth="user")
    def labels(self, ids):
        """The labels of these waybills, `1,2,3`, in this order."""
        if not re.fullmatch(r"\d+(,\d+)*", ids):
            raise request.not_found()
        waybills = request.env["delivery.awb"].browse([int(each) for each in ids.split(",")])
        waybills.check_access("read")
        content = waybills._merged_labels()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", http.content_disposition("labels.pdf", "inline")),
        ]
        return request.make_response(content, headers)
