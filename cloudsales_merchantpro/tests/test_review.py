"""The review: one row after the other, each kind of decision, and in bulk."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import ShopCase


class TestReview(ShopCase):
    def prepare(self):
        super().prepare()
        self.left = self.erp_product("DUBLU", name="Cană albă")
        self.right = self.erp_product("DUBLU", name="Cană neagră")
        self.site.add_product(id=1, name="Cană", sku="DUBLU")
        self.site.add_product(id=2, name="Farfurie fără cod", sku=None)
        self.site.add_product(id=3, name="Lingură", sku="NOU")
        self.shop.fetch_catalog()

    def review(self, scope="review", rows=None):
        return self.shown(self.env["merchantpro.review"]._open_for(self.shop, scope, rows))

    def shown(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_it_goes_through_the_rows_of_a_state_one_by_one(self):
        review = self.review()
        self.assertEqual((review.row_id, review.progress), (self.row(1), "1 of 2"))
        review.action_skip()
        self.assertEqual(review.row_id, self.row(2))
        review.action_skip()
        self.assertFalse(review.row_id)
        review.action_back()
        self.assertEqual(review.row_id, self.row(2))

    def test_products_that_carry_the_code_are_shown_with_what_they_matched_on(self):
        candidates = self.review().candidate_ids
        self.assertEqual(candidates.product_id, self.left | self.right)
        self.assertEqual(set(candidates.mapped("matched_on")), {"Code"})

    def test_a_row_without_codes_is_shown_products_of_a_similar_name(self):
        plate = self.erp_product("F-1", name="Farfurie fără model")
        candidates = self.review("no_code").candidate_ids
        self.assertIn(plate, candidates.product_id)

    def test_picking_a_candidate_links_the_row_and_goes_on(self):
        review = self.review()
        review.candidate_ids.filtered(lambda each: each.product_id == self.right).action_link()
        row = self.row(1)
        self.assertEqual((row.match_state, row.product_id), ("linked", self.right))
        self.assertEqual(review.row_id, self.row(2))
        self.assertIn("Cană neagră", review.decided)

    def test_any_other_product_can_be_picked(self):
        other = self.erp_product("ALTUL")
        review = self.review("no_code")
        review.product_id = other
        review.action_link()
        self.assertEqual(self.row(2).product_id, other)

    def test_linking_without_a_choice_is_refused(self):
        with self.assertRaises(UserError):
            self.review().action_link()

    def test_the_site_s_code_is_added_to_the_product_in_place(self):
        other = self.erp_product("ALTUL")
        review = self.review("new")
        review.product_id = other
        review.action_link_with_code()
        self.assertEqual(self.row(3).product_id, other)
        self.assertEqual(other.additional_code_ids.mapped("code"), ["NOU"])

    def test_a_row_is_marked_to_be_created_or_ignored(self):
        review = self.review()
        review.action_create_new()
        review.action_ignore()
        self.assertEqual(self.row(1).match_state, "new")
        self.assertEqual(self.row(2).match_state, "ignored")

    def test_a_product_linked_to_another_row_is_named_as_taken(self):
        self.row(3).product_id = self.left
        self.row(3).action_link()
        taken = self.review().candidate_ids.filtered(lambda each: each.product_id == self.left)
        self.assertEqual(taken.taken_by_id, self.row(3))

    def test_an_archived_product_is_restored_before_it_is_linked(self):
        old = self.erp_product("VECHI")
        old.active = False
        self.site.add_product(id=4, name="Ceainic", sku="VECHI")
        self.shop.fetch_catalog()
        review = self.review(rows=self.row(4), scope="chosen")
        self.assertTrue(review.candidate_ids.archived)
        with self.assertRaises(UserError):
            review.candidate_ids.action_link()
        review.candidate_ids.action_restore_and_link()
        self.assertTrue(old.active)
        self.assertEqual(self.row(4).product_id, old)

    def test_a_row_that_was_settled_meanwhile_is_not_decided_again(self):
        review = self.review()
        self.row(1).product_id = self.left
        self.row(1).action_link()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            review.action_ignore()
        self.assertEqual(self.row(1).match_state, "linked")

    def test_the_rest_is_decided_in_bulk(self):
        review = self.review()
        review.action_create_rest()
        self.assertEqual({self.row(1).match_state, self.row(2).match_state}, {"new"})
        self.assertFalse(review.row_id)

    def test_rows_with_a_proposal_are_linked_in_bulk(self):
        for number in (11, 12):
            self.erp_product(f"P-{number}")
            self.site.add_product(id=number, sku=f"P-{number}")
        self.shop.fetch_catalog()
        self.review("matched").action_link_rest()
        self.assertEqual({self.row(11).match_state, self.row(12).match_state}, {"linked"})

    def test_chosen_rows_of_two_shops_are_refused(self):
        other = self.make_shop(name="Other")
        other.fetch_catalog()
        with self.assertRaises(UserError):
            (self.shop.variant_ids | other.variant_ids).action_review()

    def test_a_user_of_merchantpro_decides_without_rights_on_products(self):
        groups = "cloudsales_merchantpro.group_user,base.group_user"
        clerk = new_test_user(self.env, "clerk", groups=groups)
        other = self.erp_product("ALTUL")
        review = self.shown(
            self.env["merchantpro.review"]
            .with_user(clerk)
            ._open_for(self.shop.with_user(clerk), "new")
        ).with_user(clerk)
        review.product_id = other
        review.action_link_with_code()
        self.assertEqual(self.row(3).product_id, other)
        self.assertEqual(other.additional_code_ids.mapped("code"), ["NOU"])
