"""A cell in, its shape out: enough to recognize a format, too little to recognize a person."""

import re


def masked(text: str, most: int = 40) -> str:
    """The first letter and the punctuation stay; every other letter or digit becomes a dot. Placeholders look the same."""
    shown = text[:most]
    first = re.match(r"\W*[^\W\d_]", shown)
    head = first[0] if first else ""
    return head + re.sub(r"[^\W_]", "•", shown[len(head) :]) + ("…" if len(text) > most else "")
