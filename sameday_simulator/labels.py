"""The label of a waybill: a PDF with a page for each parcel."""

import io
import unicodedata

from reportlab.graphics.barcode import code128
from reportlab.lib.pagesizes import A4, A6
from reportlab.pdfgen.canvas import Canvas

SIZES = {"A4": A4, "A6": A6}


def label(awb, size, with_reference=True):
    """The PDF's bytes; with diacritics left out, as the courier's labels are."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=SIZES[size], invariant=True)
    for parcel in awb["parcels"]:
        _page(canvas, awb, parcel, SIZES[size][1], with_reference)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _page(canvas, awb, parcel, height, with_reference):
    recipient = awb["form"]["awbRecipient"]
    locker = awb["form"].get("lockerLastMile") or awb["form"].get("oohLastMile")
    lines = [
        "SAMEDAY",
        f"AWB {awb['number']}",
        f"Colet {parcel}",
        f"Catre: {recipient.get('name', '')}",
        f"Tel: {recipient.get('phoneNumber', '')}",
        recipient.get("address", ""),
        f"{recipient.get('cityString', '')}, {awb['county']} {recipient.get('postalCode', '')}",
        f"Easybox / punct: {locker}" if locker else "",
        f"Ramburs: {awb['cod']:.2f} RON",
        f"Observatii: {awb['form'].get('observation', '')}",
        f"Ref. client: {awb['reference']}" if with_reference and awb["reference"] else "",
    ]
    y = height - 28
    for line in filter(None, lines):
        canvas.setFont("Helvetica-Bold" if line.startswith("AWB") else "Helvetica", 9)
        canvas.drawString(14, y, _plain(line)[:60])
        y -= 13
    code128.Code128(parcel, barHeight=42, barWidth=0.9).drawOn(canvas, 4, y - 50)


def _plain(text):
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
