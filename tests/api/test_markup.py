"""Descriptions before the sanitiser: what people see stays, what would keep it busy goes."""

import re

import pytest
from api.markup import ATTRIBUTES, ELEMENTS, LONGEST, tidied

TAG = re.compile(r"</?[a-z][a-z0-9]*( [a-z0-9-]+=\"[^\"]*\")*>")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "plain text",
        "a &amp; b",
        "<p>Text <b>bold</b> &lt; x</p>",
        "before <p>inside</p> after",
        '<a href="https://x.example/?a=1&amp;b=2">link</a>',
        '<p style="color:red">ă</p>',
        "<ul><li>one</li><li>two</li></ul>",
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
        '<img src="https://x.example/1.png">',
        "<p>line<br>break</p>",
    ],
)
def test_what_people_write_stays_as_it_is(source):
    assert tidied(source) == source


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<style>p {}</style><p>a</p>", "<p>a</p>"),
        ("<p>a<!-- secret --></p>", "<p>a</p>"),
        ("<p>not closed", "<p>not closed</p>"),
        ("<html><head><title>t</title></head><body class='x'><p>a</p></body></html>", "<p>a</p>"),
        ("a\x00\x01<b>b</b>", "a<b>b</b>"),
        ("<!DOCTYPE html>", ""),
        ("<!--", ""),
        ("<frameset><frame src='x'></frameset>", ""),
        ("a < b", "a &lt; b"),
    ],
)
def test_what_nobody_sees_goes(source, left):
    assert tidied(source) == left


@pytest.mark.parametrize(
    "atom",
    ["<", "< ", "<!--", "<a@b.c<", "a@b.c<", "<o:", "<p title='<", "><", "<![CDATA[<", "<xmp><"],
)
def test_no_bracket_is_left_that_is_no_tag(atom):
    """The sanitiser's patterns try every "<" against all the text that follows."""
    cleaned = tidied(atom * (LONGEST // len(atom)))
    assert "<" not in TAG.sub("", cleaned)


def test_length_elements_and_attributes_are_bounded():
    assert len(tidied("<p>" + "x" * 10 * LONGEST)) < LONGEST + 10
    many = tidied("<p>a</p>" * (ELEMENTS + 1))
    assert many == "a" * (ELEMENTS + 1)
    attributes = " ".join(f'a{number}="1"' for number in range(ATTRIBUTES + 1))
    assert tidied(f"<p {attributes}>x</p>") == "<p>x</p>"


def test_only_the_text_that_is_left_is_escaped():
    assert tidied("<i>&lt;b&gt;</i>" * (ELEMENTS + 1)).startswith("&lt;b&gt;&lt;b&gt;")
