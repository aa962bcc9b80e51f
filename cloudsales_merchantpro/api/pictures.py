"""Pictures of the site, taken from wherever it says they are.

What arrives is a picture only if its content says so, whatever its name and header promise, and
it is decoded only after its size in pixels was read from its first bytes.
"""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image
from PIL import WebPImagePlugin as _webp  # noqa: F401 - Odoo stops Pillow from looking for it

from . import public_web
from .errors import PictureRefused
from .words import _lt

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000  # what Odoo itself takes
SECONDS = 30
FORMATS = ["PNG", "JPEG", "WEBP", "GIF"]
TYPES = {  # by the name of Pillow; MPO is a JPEG with further ones in it, as phones make
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}


@dataclass(frozen=True)
class Picture:
    content: bytes
    mimetype: str
    sha256: str  # of the content, hexadecimal


def download(url, *, own_host="", max_bytes=MAX_BYTES, max_pixels=MAX_PIXELS, seconds=SECONDS):
    """The Picture at `url`.

    `own_host` is the shop's address; every other host must be public and speak https. Raises
    PictureRefused where repeating is of no use, PictureUnavailable where it may help."""
    content = public_web.read(url, own_host=own_host, max_bytes=max_bytes, seconds=seconds)
    return recognise(content, max_pixels)


def recognise(content, max_pixels=MAX_PIXELS):
    """A Picture made of bytes, which are decoded once; raises PictureRefused."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise PictureRefused(_lt("It is a web page or a drawing (HTML, SVG), not a picture."))
    try:
        kind = _checked(content, max_pixels)
    except PictureRefused:
        raise
    except Exception as error:  # hostile bytes make a decoder stumble in any way
        raise PictureRefused(
            _lt("It is not a PNG, JPEG, WEBP or GIF picture, or it is damaged or cut off.")
        ) from error
    return Picture(content, TYPES[kind], hashlib.sha256(content).hexdigest())


def _checked(content, max_pixels):
    """The format's name, if the picture is whole and not too large."""
    stream = _Stream(content)
    with Image.open(stream, formats=FORMATS) as image:
        width, height = image.size
        if width * height > max_pixels:
            raise PictureRefused(
                _lt(
                    "The picture has %(width)s × %(height)s pixels; %(most)s million are allowed.",
                    width=width,
                    height=height,
                    most=f"{max_pixels / 1e6:g}",
                )
            )
        if not _ends_well(image.format, content):
            raise EOFError("shorter than it says itself")
        stream.ran_out = False
        image.load()
        if stream.ran_out:
            raise EOFError("the decoder wanted more")
        return image.format


class _Stream(io.BytesIO):
    """Notes when a decoder reads on at the end: of a whole picture, it never does. Whether
    Pillow itself minds a cut one is a switch of the process, and Odoo has it off."""

    ran_out = False

    def read(self, size=-1):
        found = super().read(size)
        self.ran_out = self.ran_out or not found
        return found


def _ends_well(kind, content):
    """False if the file's own structure shows that its end is missing."""
    if kind == "PNG":
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            image.verify()  # raises; leaves the image useless
    return kind != "WEBP" or int.from_bytes(content[4:8], "little") + 8 <= len(content)


def without_webp(picture):
    """The content of a Picture in a format that Odoo makes thumbnails and PDFs of: it does not
    for WEBP, so that a list would load each picture in full size."""
    if picture.mimetype != "image/webp":
        return picture.content
    with Image.open(io.BytesIO(picture.content), formats=FORMATS) as image:
        out = io.BytesIO()
        if image.mode == "RGBA":
            image.save(out, "PNG")
        else:
            image.convert("RGB").save(out, "JPEG", quality=90)
        return out.getvalue()
