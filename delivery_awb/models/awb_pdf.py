"""Several PDFs as one. Odoo's own `merge_pdf` does not work with PyPDF2 3, which pip installs."""

import io

from odoo.tools.pdf import PdfReader, PdfWriter


def pages(content):
    """The pages of a PDF; raises what its library does when it is none, or locked."""
    return list(PdfReader(io.BytesIO(content), strict=False).pages)


def joined(documents):
    """One PDF of the pages of these lists."""
    writer, result = PdfWriter(), io.BytesIO()
    for document in documents:
        for page in document:
            writer.add_page(page)
    writer.write(result)
    return result.getvalue()


def merged(contents):
    """One PDF of all pages of these PDFs, in order."""
    contents = list(contents)
    return contents[0] if len(contents) == 1 else joined(map(pages, contents))
