"""Taking pictures over: downloaded first, while nothing is locked, then written.

The main picture becomes the product's, a variant's own one the variant's, all others become
documents of the product. A picture that a person chose stays; so does every product that the
site did not create.
"""

import base64
import time

from odoo import models
from odoo.exceptions import UserError

from ..api import pictures
from ..api.errors import PictureError, PictureUnavailable
from .merchantpro_product_images import DELAYS

SECONDS = 60  # and
BYTES = 60_000_000  # after which a job begins no other download: the rest is the next one's


class MerchantProImage(models.Model):
    _inherit = "merchantpro.image"

    def _take(self):
        """Take these pictures of one page; returns those that another job has to try."""
        mine = self._of_created_products()
        (self - mine).write(
            {"state": "skipped", "error": self.env._("The site did not create this product.")}
        )
        present = mine.filtered("on_site")._leave_chosen_ones()
        found = present._download()
        for row in present.filtered(lambda row: isinstance(found.get(row.url), PictureError)):
            row._note_failure(found[row.url])
        arrived = present.filtered(lambda row: isinstance(found.get(row.url), pictures.Picture))
        arrived._put(found)
        mine.filtered(lambda row: not row.on_site)._take_away()
        return present.filtered(lambda row: row.state == "waiting")

    def _of_created_products(self):
        """Those whose product the site created. Of a product that was here before, a variant may
        have been."""
        whole = self.parent_id._whole_variants()
        created = self.parent_id.variant_ids.filtered(
            lambda row: row.match_state == "linked" and row.match_field == "created"
        )
        return self.filtered(lambda row: row.variant_id in created if row.variant_id else whole)

    def _leave_chosen_ones(self):
        """Those whose place is empty or still has what we put there; the others are left alone."""
        ours = set(self.parent_id.image_ids.filtered("set_checksum").mapped("set_checksum"))
        chosen = self.browse(
            row.id
            for row, there in self._in_place().items()
            if there and there.checksum not in ours
        )
        reason = self.env._("The product has another picture, which somebody chose.")
        chosen.write({"state": "skipped", "error": reason})
        return self - chosen

    # Download

    def _download(self):
        """{url: Picture or PictureError}, each address once, as far as the time goes."""
        found, started, size = {}, time.monotonic(), 0
        for row in self:
            if time.monotonic() - started > SECONDS or size > BYTES:
                break
            if row.url not in found:
                found[row.url] = row._download_one()
                size += len(getattr(found[row.url], "content", b""))
        return found

    def _download_one(self):
        try:
            return pictures.download(self.url, own_host=self.shop_id.url)
        except PictureError as error:
            return error

    def _note_failure(self, error):
        tries = self.attempts + 1
        later = isinstance(error, PictureUnavailable) and tries <= len(DELAYS)
        # Nobody comes back to it where no job can wait.
        later = later and not self._at_once()
        self.write(
            {
                "state": "waiting" if later else "failed",
                "error": self._told(error),
                "attempts": tries,
            }
        )

    # Into the product

    def _put(self, found):
        """Give these pictures, found by address, their places at the product."""
        self.filtered(lambda row: row._place())._remove_documents()  # of when it was another's
        for row, there in self._in_place().items():
            row._put_one(found[row.url], there)
        for row, there in self.filtered(lambda row: row.state == "done")._in_place().items():
            if row.set_checksum != there.checksum:
                row.set_checksum = there.checksum

    def _put_one(self, picture, there):
        values = {
            "state": "done",
            "error": False,
            "attempts": 0,
            "content_hash": picture.sha256,
            "mimetype": picture.mimetype,
            "size": len(picture.content),
        }
        try:
            with self.env.cr.savepoint():
                if not self._has(picture, there):
                    self._write_picture(pictures.without_webp(picture), there)
                self.write(values)
        except UserError as error:  # Odoo has its own mind about some pictures
            self.write({"state": "failed", "error": self._told(error)})

    def _has(self, picture, there):
        """Whether the picture is in place already: under another address too, since some sites
        change all of them with every release."""
        twins = self.parent_id.image_ids.filtered(
            lambda row: row.content_hash == picture.sha256 and row.variant_id == self.variant_id
        )
        if self._place():
            return bool(there) and there.checksum in twins.mapped("set_checksum")
        former = twins.filtered(lambda row: not row.on_site and row.document_id)[:1]
        if former and not self.document_id:
            self.document_id, former.document_id = former.document_id, False
        # Also when its document is gone: then somebody did not want it.
        return bool(twins)

    def _write_picture(self, content, there):
        encoded = base64.b64encode(content)
        if self._place():
            record, field = self._place()
            record.write({field: encoded})
        elif there:
            there.write({"raw": content})
        else:
            self.document_id = self.env["product.document"].create(
                self._prepare_document_values(content)
            )

    def _prepare_document_values(self, content):
        template = self._template()
        return {
            "name": self.caption or f"{template.name} {self.sequence + 1}",
            "raw": content,
            "res_model": template._name,
            "res_id": template.id,
            "company_id": template.company_id.id,
            "sequence": self.sequence,
        }

    def _take_away(self):
        """Forget pictures that left the site, and remove their documents unless somebody changed
        them. What a product or variant shows stays until the site has another."""
        self._remove_documents()
        in_place = self._in_place()
        others = set((self.parent_id.image_ids - self).mapped("set_checksum"))
        shown = self.filtered(
            lambda row: (
                row._place()
                and in_place[row]
                and in_place[row].checksum == row.set_checksum
                and row.set_checksum not in others
            )
        )
        shown.write({"state": "done"})
        (self - shown).unlink()

    def _remove_documents(self):
        ours = set(self.mapped("set_checksum"))
        self.document_id.filtered(lambda document: document.checksum in ours).unlink()

    def _place(self):
        """(record, field) of the one picture that a product or variant has; None in the gallery."""
        if self.variant_id:
            return self.variant_id.product_id, "image_variant_1920"
        if self.is_main:
            return self._template(), "image_1920"
        return None

    def _template(self):
        return self.parent_id._whole_variants().product_id.product_tmpl_id[:1]

    def _in_place(self):
        """{row: the attachment that is now where the row's picture belongs}, which may be none."""
        places = {row: row._place() for row in self}
        records = [place[0] for place in places.values() if place]
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "in", [record._name for record in records]),
                ("res_id", "in", [record.id for record in records]),
                ("res_field", "in", ("image_1920", "image_variant_1920")),
            ]
        )
        stored = {(each.res_model, each.res_id, each.res_field): each for each in found}
        return {
            row: stored.get((place[0]._name, place[0].id, place[1]), found.browse())
            if place
            else row.document_id.ir_attachment_id
            for row, place in places.items()
        }
