"""What is taken for a picture: judged by its content, whatever its name and header say."""

import hashlib
import io
import struct
import zlib

import pytest
from api import pictures
from api.errors import PictureRefused
from PIL import Image, ImageFile
from servers import answering

KINDS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}


def picture(kind="PNG", size=(60, 40), mode="RGB", **options):
    image = Image.effect_noise(size, 80).convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def claiming(width, height):
    """A PNG whose header promises this size; its pixels take a few bytes."""

    def chunk(name, content):
        checksum = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.fixture(params=[False, True], ids=["alone", "as Odoo sets Pillow"])
def switch(request, monkeypatch):
    """Odoo lets Pillow load cut pictures, for the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_downloaded_with_its_type_and_hash(kind):
    content = picture(kind)
    with answering(body=content, headers={"Content-Type": "text/plain"}) as shop:
        taken = pictures.download(f"{shop.url}/a.bin", own_host=shop.url)
    assert taken.content == content
    assert taken.mimetype == KINDS[kind]
    assert taken.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    "content",
    [b"<!DOCTYPE html><html>Pagina nu exista</html>", b"\xef\xbb\xbf\r\n <html>", b"<?xml?><svg/>"],
)
def test_a_web_page_is_no_picture_whatever_it_is_called(content):
    with (
        answering(body=content, headers={"Content-Type": "image/png"}) as shop,
        pytest.raises(PictureRefused, match="web page or a drawing"),
    ):
        pictures.download(f"{shop.url}/a.png", own_host=shop.url)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8 ",
     b"%PDF-1.7", b"\0" * 1000],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content, switch):
    with pytest.raises(PictureRefused, match="not a PNG, JPEG, WEBP or GIF"):
        pictures.recognise(content)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA", "EPS", "PDF"])
def test_other_kinds_of_picture_are_refused(kind):
    with pytest.raises(PictureRefused):
        pictures.recognise(picture(kind))


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True}), ("WEBP", {}),
     ("WEBP", {"lossless": True}), ("GIF", {})],
)  # fmt: skip
def test_a_picture_that_is_cut_off_is_refused(kind, options, switch):
    content = picture(kind, (300, 200), **options)
    assert pictures.recognise(content)
    for part in (0.01, 0.5, 0.9, 0.99):
        with pytest.raises(PictureRefused, match="cut off"):
            pictures.recognise(content[: int(len(content) * part)])


def test_a_damaged_picture_is_refused(switch):
    content = bytearray(picture("PNG", (300, 200)))
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(PictureRefused):
        pictures.recognise(bytes(content))


def test_what_stands_behind_a_whole_picture_does_no_harm(switch):
    for kind, mimetype in KINDS.items():
        assert pictures.recognise(picture(kind) + b"trailer" * 20).mimetype == mimetype


def test_too_many_pixels_are_refused(switch):
    assert pictures.recognise(picture(size=(60, 40)), max_pixels=2400)
    with pytest.raises(PictureRefused, match="60 × 40 pixels"):
        pictures.recognise(picture(size=(60, 40)), max_pixels=2399)


def test_a_bomb_is_not_decoded(switch, monkeypatch):
    """It is refused by its header: its pixels would take gigabytes."""
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("it was decoded"))
    with pytest.raises(PictureRefused, match="12000 × 12000 pixels"):
        pictures.recognise(claiming(12_000, 12_000))
    with pytest.raises(PictureRefused):
        pictures.recognise(claiming(60_000, 60_000))


def test_several_pictures_in_one_jpeg_are_a_jpeg():
    out = io.BytesIO()
    first, second = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert pictures.recognise(out.getvalue()).mimetype == "image/jpeg"


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG")])
def test_webp_is_turned_into_what_thumbnails_are_made_of(mode, kind):
    image = Image.new("RGBA", (60, 40), (255, 0, 0, 100)).convert(mode)
    out = io.BytesIO()
    image.save(out, "WEBP")
    stored = pictures.without_webp(pictures.recognise(out.getvalue()))
    with Image.open(io.BytesIO(stored)) as opened:
        assert (opened.format, opened.size) == (kind, (60, 40))


def test_other_kinds_are_stored_as_they_came():
    content = picture("JPEG")
    assert pictures.without_webp(pictures.recognise(content)) == content
