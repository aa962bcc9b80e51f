"""Making waybills from transfers: one click on one, or on as many as are selected."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_make_awb(self):
        """Have a waybill made for each transfer. Of one, what hinders it is an error; of many,
        those that cannot have one are told, and the others are made."""
        self.check_access("write")
        hindered = {
            picking: words
            for picking in self
            if not picking.awb_id and (words := picking._awb_hindrance())
        }
        if len(self) == 1 and hindered:
            raise UserError(hindered[self])
        standing = self.filtered("awb_id")
        (self - standing - self.browse([each.id for each in hindered]))._make_awb()
        return self._awb_notification(standing, hindered) if len(self) > 1 else True

    def _make_awb(self):
        """The waybills of these transfers, made or about to be. Twice makes one: what is there is
        returned, and what the courier refused is sent again."""
        if not self:
            return self.env["delivery.awb"]
        self._awb_touch()
        waybills = self.env["delivery.awb"]
        for picking in self:
            waybill = picking._awb_live() or waybills.create(picking._prepare_awb_values())
            waybill._again()
            waybills |= waybill
        return waybills

    def _awb_touch(self):
        """Two at once: the later one begins again, and finds the waybill of the first."""
        self.env["delivery.awb"].flush_model(["picking_id", "state", "detached"])
        self.env.cr.execute(
            SQL(
                "UPDATE stock_picking SET write_date = write_date WHERE id = ANY(%s)",
                list(self.ids),
            )
        )
        self.invalidate_recordset(["awb_ids", "awb_id"])

    def _awb_hindrance(self):
        """Words for why this transfer cannot have a waybill, or nothing."""
        if self.picking_type_code != "outgoing":
            return self.env._("%s is no delivery.", self.name)
        if self.state in ("draft", "cancel"):
            return self.env._("%s is not confirmed, or is cancelled.", self.name)
        if not self.carrier_id:
            return self.env._("%s has no carrier: choose one.", self.name)
        return ""

    def _awb_notification(self, standing, hindered):
        """What became of many, in a corner of the window."""
        asked = len(self - standing) - len(hindered)
        words = [self.env._("Waybills asked for: %s.", asked)]
        if standing:
            words.append(self.env._("Made before: %s.", len(standing)))
        words += list(hindered.values())[:10]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join(words),
                "type": "warning" if hindered else "success",
                "sticky": bool(hindered),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # What a waybill starts with

    def _prepare_awb_values(self):
        self.ensure_one()
        parcels = self._prepare_awb_parcels()
        return {
            "picking_id": self.id,
            "carrier_id": self.carrier_id.id,
            "cod_amount": self._awb_cod_amount(),
            "locker_code": self._awb_locker_code(),
            "parcel_ids": [(0, 0, parcel) for parcel in parcels],
            "weight": sum(each["weight"] for each in parcels) or self._awb_weight(self.carrier_id),
            "parcel_count": len(parcels) or 1,
        }

    def _awb_cod_amount(self):
        """What the courier has to collect, in the order's currency. Other addons know."""
        return 0.0

    def _awb_locker_code(self):
        """The courier's code of the locker or point the buyer chose. Other addons know."""
        return False

    def _awb_weight(self, carrier):
        """Kilograms of everything, the carrier's default where nobody knows."""
        return (
            self._awb_kilograms(self.shipping_weight or self.weight) or carrier.awb_default_weight
        )

    def _awb_kilograms(self, weight):
        template = self.env["product.template"]
        unit = template._get_weight_uom_id_from_ir_config_parameter()
        return unit._compute_quantity(weight, self.env.ref("uom.product_uom_kgm"), round=False)

    def _prepare_awb_parcels(self):
        """One for each package, when everything is packed."""
        packages = self.move_line_ids.result_package_id.outermost_package_id
        if not packages or any(not line.result_package_id for line in self.move_line_ids):
            return []
        return [self._prepare_awb_parcel(package) for package in packages]

    def _prepare_awb_parcel(self, package):
        package = package.with_context(picking_id=self.id)
        kind, centimetres = package.package_type_id, self._awb_centimetres()
        return {
            "package_id": package.id,
            "weight": self._awb_kilograms(package.shipping_weight or package.weight),
            "length": kind.packaging_length * centimetres,
            "width": kind.width * centimetres,
            "height": kind.height * centimetres,
        }

    def _awb_centimetres(self):
        """Centimetres in the unit in which packages are measured: millimetres, or feet."""
        unit = self.env["product.template"]._get_length_uom_id_from_ir_config_parameter()
        return unit._compute_quantity(1.0, self.env.ref("uom.product_uom_cm"), round=False)
