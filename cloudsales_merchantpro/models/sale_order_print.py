"""What of a sales order is in the printer queue."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    print_job_ids = fields.One2many("merchantpro.print.job", "order_id", string="Printer Queue")

    def action_open_print_jobs(self):
        self.ensure_one()
        return self.print_job_ids._shown()
