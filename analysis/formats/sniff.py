"""The first bytes of a file in, the name of its format out."""

import json
import re

from analysis.formats.dbase import is_dbase
from analysis.formats.encoding import MARKED, marked
from analysis.formats.mails import is_mail

HEAD = 1 << 16
BINARY = (
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"Obj\x01", "avro"),
    (b"ORC\x08", "orc"),
    (b"ORC\x0a", "orc"),
)
REFUSED = (
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"PK\x03\x04", "zip"),
    (b"DUCK", "DuckDB"),
)
# Possessive and bounded: a head of nothing but blanks, comments or one long line must not take minutes.
SQL = re.compile(
    r"^[ \t]*+(?:/\*[^*]{0,500}+\*/\s*+|BEGIN\s*+;\s*+){0,50}+"
    r"(?:INSERT\s++(?:IGNORE\s++)?(?:INTO\s++)?[`\"\[\w][^\n]{0,2000}?(?:VALUES|\()"
    r"|REPLACE\s++INTO\s|CREATE\s++TABLE\s|COPY\s++[^;\n]{1,2000}?FROM\s++stdin)",
    re.IGNORECASE | re.MULTILINE,
)
LDIF = re.compile(r"(?:(?:version:[ \t]*+1|#[^\n]*+)?[ \t\r]*+\n)*+dn::? ?\S", re.IGNORECASE)


def format_of(head: bytes) -> str:
    """`text` for what is to be understood line by line; `?NAME` for a known kind that holds no table."""
    known = next((kind for mark, kind in BINARY if head.startswith(mark)), "")
    if known:
        return known
    other = next((kind for mark, kind in REFUSED if head.startswith(mark)), "")
    if other and (len(other) > 3 or b"\0" in head[:512] or other in ("PDF", "RTF", "zip")):
        return f"?{other}"
    if is_dbase(head):
        return "dbase"
    encoding, bom = marked(head[:MARKED])
    return text_format(head[bom:].decode(encoding, "ignore"))


def text_format(text: str) -> str:
    """The format of a text by how it begins."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "["):
        return json_format(start)
    if start[:1] == "<" and re.match(r"<(?:\?xml|!--|!doctype|[A-Za-z_])", start, re.IGNORECASE):
        return "html" if re.match(r"<(?:!doctype\s+html|html|table|meta|head|body|style)\b", start, re.IGNORECASE) else "xml"
    if re.match(r"BEGIN:VCARD\s", start, re.IGNORECASE):
        return "vcard"
    if re.match(r"(?:\x0b)?(?:MSH|FHS|BHS)[^\w\s]", start):
        return "hl7"
    if LDIF.match(start):
        return "ldif"
    if is_mail(start):
        return "mail"
    return "sql" if SQL.search(text) else "text"


def json_format(start: str) -> str:
    lines = [line for line in start.split("\n")[:3] if line.strip()]
    if len(lines) > 1 or start.endswith("\n"):
        try:
            first = json.loads(lines[0].rstrip().rstrip(","))
        except (ValueError, RecursionError):
            return "json" if re.match(r"[\[{]\s*(?:[\"\[{\]}tfn\d-]|$)", start) else "text"
        if isinstance(first, dict) and (len(lines) == 1 or lines[1].lstrip()[:1] == "{"):
            return "ndjson"
        if isinstance(first, list) and len(lines) > 1 and lines[1].lstrip()[:1] == "[":
            return "ndjson"
    return "json" if re.match(r"[\[{]\s*(?:[\"\[{\]}tfn\d-]|$)", start) else "text"
