"""Several PDFs as one. Odoo's own way to do it fails with the newest of the libraries it takes."""

import io

from odoo.tools.pdf import PdfFileReader, PdfFileWriter


def pages(content):
    """The pages of a PDF; raises what its library does when it is none, or locked."""
    return list(PdfFileReader(io.BytesIO(content), strict=False).pages)


def merged(documents):
    """One PDF of the pages of these lists."""
    writer = PdfFileWriter()
    add = getattr(writer, "add_page", None) or writer.addPage
    for document in documents:
        for page in document:
            add(page)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
