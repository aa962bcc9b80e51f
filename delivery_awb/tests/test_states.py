import unittest

from odoo.addons.delivery_awb.models import awb_states


class TestStates(unittest.TestCase):
    def test_every_state_has_its_row_and_can_be_reached(self):
        states = {state for state, _name in awb_states.SELECTION}
        self.assertEqual(set(awb_states.CHANGES), states)
        reached = set().union(*awb_states.CHANGES.values())
        self.assertEqual(reached, states)

    def test_nothing_goes_back_once_there_is_a_number(self):
        way = ["issued", "picked_up", "in_transit", "at_point", "refused", "returning", "returned"]
        for place, state in enumerate(way):
            for earlier in way[: place + 1]:
                self.assertFalse(awb_states.may_become(state, earlier), (state, earlier))

    def test_what_is_over_stays_so(self):
        for state in ("delivered", "returned", "cancelled"):
            self.assertFalse(awb_states.CHANGES[state])

    def test_parcel_on_its_way_is_not_cancelled(self):
        for state in awb_states.UNDER_WAY:
            self.assertFalse(awb_states.may_become(state, "cancelled"))
