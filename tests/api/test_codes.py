"""When codes are the same, and which products the codes of a row name."""

import pytest
from api.codes import Finding, Rules, is_ean, key
from hypothesis import given
from hypothesis import strategies as st

CODES = st.text("aA bB0\u00a0\t/ăĂ1", max_size=8)
RULES = st.builds(Rules, case_matters=st.booleans(), ignore_zeros=st.booleans())


@given(CODES, CODES, RULES)
def test_codes_that_are_equal_under_any_rule_have_one_key(one, other, rules):
    if rules.normal(one) == rules.normal(other):
        assert key(one) == key(other)


@given(CODES, RULES)
def test_what_surrounds_a_code_never_counts(code, rules):
    assert rules.normal(f"\u00a0\t{code} \n") == rules.normal(code)


@given(CODES)
def test_a_code_is_never_lost_with_its_zeros(code):
    assert bool(Rules(ignore_zeros=True).normal(code)) == bool(Rules().normal(code))


@pytest.mark.parametrize("code", ["5941234567899", " 5941234567899 ", "40170725", "036000291452"])
def test_an_ean_has_its_check_digit(code):
    assert is_ean(code)


@pytest.mark.parametrize(
    "code", ["", None, "5941234567890", "594-1234567899", "123", "٥٩٤١٢٣٤٥٦٧٨٩٩", "ABC"]
)
def test_other_numbers_are_no_ean(code):
    assert not is_ean(code)


def found(**kinds):
    return {
        kind: {code: dict.fromkeys(ids, True) for code, ids in codes.items()}
        for kind, codes in kinds.items()
    }


def test_the_first_kind_that_names_a_product_decides():
    everything = found(default_code={"a": [1]}, additional={"a": [2]})
    assert Rules().find(everything, "A", "") == Finding("default_code", frozenset({1}))
    assert Rules().find(everything, "b", "") == Finding()


def test_an_additional_code_does_not_contradict():
    everything = found(barcode={"5941234567899": [1]}, additional={"a": [2]})
    assert Rules().find(everything, "A", "5941234567899").product == 1


def test_a_code_and_an_ean_that_disagree_name_no_product():
    finding = Rules().find(found(default_code={"a": [1]}, barcode={"x": [2]}), "A", "X")
    assert finding.product is None
    assert (finding.products, finding.against) == ({1}, {2})


def test_only_the_kinds_of_the_rules_are_asked_for():
    rules = Rules(kinds=frozenset({"barcode"}))
    assert rules.asked({("5941234567899", ""), ("A", "1")}) == {"barcode": {"5941234567899", "1"}}
