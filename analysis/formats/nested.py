"""A nested value in, one flat record with dotted names out."""

from collections.abc import Iterator

DEEPEST = 32
MOST_ITEMS = 20  # of a list, each its own columns; the rest is joined in the last


def flat(value: object, prefix: str = "", depth: int = 0) -> dict[str, str | None]:
    """Dotted names; the first item of a list goes without a number, the others by their place from 2."""
    return dict(parts(value, prefix, depth))


def parts(value: object, prefix: str, depth: int) -> Iterator[tuple[str, str | None]]:
    if depth > DEEPEST:
        yield prefix, "…"
    elif isinstance(value, dict):
        for key, item in value.items():  # pyright: ignore
            yield from parts(item, f"{prefix}.{key}" if prefix else str(key), depth + 1)  # pyright: ignore
    elif isinstance(value, list):
        if not any(isinstance(item, dict | list) for item in value):  # pyright: ignore
            yield prefix or "value", "; ".join(text_of(item) or "" for item in value) or None  # pyright: ignore
            return
        for at, item in enumerate(value[:MOST_ITEMS]):  # pyright: ignore
            yield from parts(item, prefix if at == 0 else f"{prefix}.{at + 1}", depth + 1)
        if len(value) > MOST_ITEMS:  # pyright: ignore
            yield f"{prefix}.more", "; ".join(str(item) for item in value[MOST_ITEMS:])  # pyright: ignore
    else:
        yield prefix or "value", text_of(value)


def text_of(value: object) -> str | None:
    """A scalar as the source writes it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
