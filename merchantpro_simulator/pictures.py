"""Product pictures, drawn on the spot: a coloured square with the product's initials."""

import colorsys
import functools
import io
import unicodedata

from PIL import Image, ImageDraw, ImageFont


@functools.lru_cache(maxsize=256)
def draw(number, text):
    """PNG bytes; the same number gives the same picture."""
    red, green, blue = colorsys.hls_to_rgb((number * 47 % 360) / 360, 0.62, 0.45)
    image = Image.new("RGB", (400, 400), tuple(int(each * 255) for each in (red, green, blue)))
    pen = ImageDraw.Draw(image)
    pen.ellipse((60, 60, 340, 340), outline="white", width=6)
    # The font has no Ț.
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    initials = "".join(word[0] for word in plain.split()[:2]).upper()
    pen.text((200, 200), initials, fill="white", anchor="mm", font=ImageFont.load_default(140))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
