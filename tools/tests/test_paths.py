"""Which addons there are is read from their manifests."""

from tools import paths

KNOWN = {
    "shop": {"depends": ["sale", "waybills"]},
    "shop_kits": {"depends": ["shop", "mrp"]},
    "waybills": {"depends": ["labels", "stock"]},
    "waybills_courier": {"depends": ["waybills"]},
    "labels": {},
}


def test_what_an_addon_is_built_on_comes_lowest_first():
    assert paths.below("shop", KNOWN) == ("labels", "waybills")
    assert paths.below("labels", KNOWN) == ()


def test_addon_is_found_by_its_manifest(root):
    (root / "docs").mkdir()
    (root / "kits").mkdir()
    (root / "kits" / "__manifest__.py").write_text('{"name": "Kits", "depends": []}\n')
    assert paths.manifests() == {"kits": {"name": "Kits", "depends": []}}


def test_each_addon_of_this_repository_is_in_one_place():
    assert sorted(paths.ADDONS) == sorted(paths.MANIFESTS)
    assert "delivery_awb" in paths.BELOW
    assert {"cloudsales_merchantpro_mrp", "delivery_awb_sameday"} <= set(paths.GLUE)
