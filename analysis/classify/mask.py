"""A cell in, its shape out: enough to recognize a format, too little to recognize a person."""


def masked(text: str, most: int = 40) -> str:
    """The first letter and the punctuation stay; every other letter or digit becomes a dot. Placeholders look the same."""
    shown, seen = text[:most], False
    signs: list[str] = []
    for sign in shown:
        kept = not sign.isalnum() or (sign.isalpha() and not seen and not any(part == "•" for part in signs))
        seen = seen or sign.isalpha()
        signs.append(sign if kept else "•")
    return "".join(signs) + ("…" if len(text) > most else "")
