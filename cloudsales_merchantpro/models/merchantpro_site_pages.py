"""Work that goes through a list of the site, page by page.

Each page is a job. It writes what it found and where to go on in one transaction, so a killed
one is simply repeated. Lists are gone through oldest first: what is added meanwhile moves no
page.
"""

from odoo import fields, models

PRIORITY = 15  # after what buyers do now


class MerchantProSitePages(models.AbstractModel):
    _name = "merchantpro.site.pages"
    _description = "Way Through a List of a MerchantPro Site"
    _inherit = "merchantpro.job"
    _order = "id desc"

    shop_id = fields.Many2one("merchantpro.shop", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="shop_id.company_id", store=True)
    state = fields.Selection(
        [
            ("draft", "Not Started"),
            ("running", "Reading"),
            ("done", "Complete"),
            ("failed", "Interrupted"),
        ],
        default="draft",
        required=True,
        readonly=True,
    )
    note = fields.Text(readonly=True)
    next_start = fields.Integer(readonly=True, help="The row of the site's list to go on from.")

    # What each kind does

    def _describe(self):
        """What the list of jobs says of it."""
        raise NotImplementedError

    def _take_page(self, start):
        """Do the page that begins at row `start`; returns where the next one does, or None."""
        raise NotImplementedError

    def _finish(self):
        """Do what the last page is followed by."""
        raise NotImplementedError

    # What people do

    def action_refresh(self):
        """Nothing: the form is read again after it."""

    def action_resume(self):
        """Go on with the first page that was not read."""
        for each in self._as_system().filtered(lambda each: each.state == "failed"):
            each._begin()

    # The steps of a job

    def _begin(self):
        self.shop_id._check_usable()
        self.write({"state": "running", "note": False})
        self.flush_recordset()  # one that runs already is found here, not after the first page
        if not self._at_once():
            self._enqueue()
            return
        while self._step(self.next_start):
            self.env.flush_all()

    def _enqueue(self):
        self.with_delay(
            description=self._describe(),
            identity_key=f"{self._name}:{self.id}:{self.next_start}",
            priority=PRIORITY,
        )._job_page(self.next_start)

    def _job_page(self, start):
        if self.exists() and self._step(start):
            self._enqueue()

    def _step(self, start):
        """Whether there is another page after the one that begins at row `start`."""
        # A second job for the same page finds that the first one has been there.
        if self.state != "running" or start != self.next_start:
            return False
        if self.shop_id._usable():
            with self._shop_failures(self.shop_id):
                following = self._take_page(start)
                if following is None:
                    self._finish()
                    self.write({"state": "done", "next_start": 0})
                    self.flush_recordset()
                    return False
                self.next_start = following
                return True
        # Stopped, or stopped just now by _shop_failures; the shop says why.
        self.write({"state": "failed", "note": self.shop_id.state_message})
        return False

    def _on_job_failed(self, exc_message="", **_values):
        """The job was given up. This says so and can be resumed."""
        self.filtered(lambda each: each.state == "running").write(
            {"state": "failed", "note": exc_message}
        )
