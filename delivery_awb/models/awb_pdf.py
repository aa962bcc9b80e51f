"""Several PDFs as one. Odoo's own `merge_pdf` does not work with PyPDF2 3, which pip installs."""

import io

from odoo.tools.pdf import PdfReader, PdfWriter


def merged(contents):
    """One PDF of all pages, in order."""
    contents = list(contents)
    if len(contents) == 1:
        return contents[0]
    writer, result = PdfWriter(), io.BytesIO()
    for content in contents:
        for page in PdfReader(io.BytesIO(content), strict=False).pages:
            writer.add_page(page)
    writer.write(result)
    return result.getvalue()
