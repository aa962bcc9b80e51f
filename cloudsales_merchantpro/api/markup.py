"""HTML of the site made well-formed and of bounded size, before Odoo's sanitiser gets it.

The sanitiser decides what is harmless. But its patterns take minutes over a text that is
nothing but "<" or "<!--", and a worker is worth more than that. libxml2 reads the same text in
milliseconds; what it writes has no stray bracket left.
"""

import html
import re

import lxml.etree
import lxml.html

LONGEST = 250_000  # characters; the longest descriptions of real shops have some 200 KB
ELEMENTS = 10_000  # more of them is no text that anybody wrote
ATTRIBUTES = 50  # of one element; each further one makes all of them slower
NEVER_SHOWN = ("script", "style", "noscript", "template", "iframe", "object", "title")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WRAPPED = re.compile(r"\s*<body>(.*)</body>\s*", re.DOTALL)


def tidied(source):
    """Well-formed HTML of what `source` shows, of the first LONGEST characters of it. Not yet
    safe."""
    source = CONTROL.sub("", source[:LONGEST])
    if "<" not in source:
        return source
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        body = lxml.html.document_fromstring(source, parser=parser).find("body")
    except lxml.etree.ParserError:
        return ""  # it has nothing in it but, say, a document type
    if body is None:
        return ""
    lxml.etree.strip_elements(body, *NEVER_SHOWN, with_tail=False)
    return _bounded(body)


def _bounded(body):
    body.attrib.clear()
    for number, element in enumerate(body.iter()):
        if number > ELEMENTS:
            return html.escape(body.text_content())
        if len(element.attrib) > ATTRIBUTES:
            element.attrib.clear()
    return WRAPPED.fullmatch(lxml.html.tostring(body, encoding="unicode"))[1]
