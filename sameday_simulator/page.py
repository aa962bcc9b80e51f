"""What a person sees of the courier: its waybills, and buttons that move a parcel on."""

import html

from .awbs import FOLLOWING, STEPS

HEAD = """<!doctype html><html lang="ro"><meta charset="utf-8"><title>Sameday (simulator)</title>
<style>body{font:15px sans-serif;margin:2rem}table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ddd;padding:.4rem;text-align:left;vertical-align:top}
button{margin-right:.3rem}form{display:inline}</style><h1>Sameday (simulator)</h1>"""


def render(awbs):
    """The page for a list of waybills, newest first."""
    rows = "".join(map(_row, reversed(awbs)))
    return (
        f"{HEAD}<p>{len(awbs)} AWB</p><table><tr><th>AWB<th>Referință<th>Destinatar<th>Ramburs"
        f"<th>Stare<th></tr>{rows}</table>"
    )


def _row(awb):
    recipient = awb["form"]["awbRecipient"]
    number = html.escape(awb["number"])
    buttons = "".join(
        f'<form method="post" action="/awb/{number}"><button name="step" value="{step}">'
        f"{STEPS[step][1]}</button></form>"
        for step in FOLLOWING.get(awb["step"], ())
    )
    cells = [
        f'<a href="/awb/{number}.pdf">{number}</a>',
        html.escape(awb["reference"] or ""),
        html.escape(f"{recipient.get('name', '')}, {recipient.get('cityString', '')}"),
        f"{awb['cod']:.2f}",
        html.escape(STEPS[awb["step"]][1]),
        buttons,
    ]
    return "<tr><td>" + "<td>".join(cells) + "</tr>"
