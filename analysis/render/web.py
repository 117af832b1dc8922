"""A document in, one HTML file out: nothing outside it is needed, and no script, form or address in it can run or be followed."""

import base64
from html import escape
from pathlib import Path

from analysis.ground.words import Words
from analysis.render.document import Block, Document, Figure, Heading, Items, KeyNumbers, Note, PageBreak, Paragraph, Table
from analysis.render.safe import plain
from analysis.render.shown import is_number, shown

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
body{font:16px/1.5 Inter,system-ui,sans-serif;color:#1f2933;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3{color:#1f3a5f;line-height:1.25}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{padding:.35rem .6rem;border-bottom:1px solid #d5dce4;text-align:left;vertical-align:top}
th{background:#1f3a5f;color:#fff}td.n{text-align:right;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#52606d}dd{margin:0}
.numbers{display:flex;flex-wrap:wrap;gap:1rem}.numbers div{flex:1 1 9rem;border:1px solid #d5dce4;border-radius:6px;padding:.7rem}
.numbers b{display:block;font-size:1.6rem;color:#1f3a5f}.note{border-left:4px solid #52606d;padding:.5rem .8rem;background:#f3f6f9}
.grave{border-color:#8f1838;background:#fbeff2}figure{margin:1.5rem 0}img{max-width:100%}figcaption,footer{color:#52606d}
ul.boxes{list-style:"\\2610  "}@media print{body{max-width:none}}
"""


def write_html(document: Document, path: Path, words: Words) -> None:
    missing = (
        told(Note(document.missing_said, grave=True), words) + told(Items(document.missing), words) if document.missing else ""
    )
    about = "".join(f"<dt>{text(label)}</dt><dd>{text(value)}</dd>" for label, value in document.about)
    body = "".join(told(block, words) for block in document.blocks)
    path.write_text(
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="viewport" content="width=device-width">'
        f"<title>{text(document.title)}</title><style>{STYLE}</style></head><body><main><h1>{text(document.title)}</h1>"
        + (f"<p>{text(document.subtitle)}</p>" if document.subtitle else "")
        + (f"<dl>{about}</dl>" if about else "")
        + f"{missing}{body}</main><footer>{text(document.foot)}</footer></body></html>\n",
        encoding="utf-8",
        newline="\n",
    )


def text(raw: str) -> str:
    return escape(plain(raw)).replace("\n", "<br>")


def told(block: Block, words: Words) -> str:
    match block:
        case Heading(said, level):
            return f"<h{level + 1}>{text(said)}</h{level + 1}>\n"
        case Paragraph(said):
            return f"<p>{text(said)}</p>\n"
        case Items(texts, numbered, boxes):
            tag = "ol" if numbered else "ul"
            inside = "".join(f"<li>{text(said)}</li>" for said in texts)
            return f"<{tag}{' class=boxes' if boxes else ''}>{inside}</{tag}>\n"
        case KeyNumbers(numbers):
            inside = "".join(
                f"<div><b>{text(item.value)}</b>{text(item.label)}<br><small>{text(item.note)}</small></div>" for item in numbers
            )
            return f'<div class="numbers">{inside}</div>\n'
        case Table(columns, rows, said):
            head = "".join(f'<th scope="col">{text(name)}</th>' for name in columns)
            lines = "".join("<tr>" + "".join(cell(item, words) for item in row) + "</tr>\n" for row in rows)
            label = f' aria-label="{text(said)}"' if said else ""
            return f"<table{label}><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>\n"
        case Figure(_, _, svg, said):
            data = base64.b64encode(svg).decode()
            return (
                f'<figure><img alt="{text(said)}" src="data:image/svg+xml;base64,{data}">'
                f"<figcaption>{text(said)}</figcaption></figure>\n"
            )
        case Note(said, grave):
            return f'<p class="note{" grave" if grave else ""}">{text(said)}</p>\n'
        case PageBreak():
            return "<hr>\n"


def cell(item: str | int | float, words: Words) -> str:
    return f"<td{' class=n' if is_number(item) else ''}>{text(shown(item, words))}</td>"
