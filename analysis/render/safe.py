"""A text in, one without signs that would move, hide or turn around what is read out."""

import re
import unicodedata

LONGEST = 20_000  # signs of one text
# Control signs but for the line break and the tab, marks of direction, lone surrogates, private and unassigned signs.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]")


def plain(text: str) -> str:
    shown = UNSEEN.sub("\ufffd", text[:LONGEST])
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cs", "Co", "Cn") else sign for sign in shown)
