"""A good file and a seed in, a damaged one out: what crooks, cables and half-finished copies do to files."""

import random

SIGNS = (
    *(sign.encode() for sign in "\"'`~;,|:=<>()[]{}\\/#-_ \t\n\0"),
    b"\r\n",
    b"<a>",
    b"[[",
    b'{"a":',
    b"((",
    b"--",
    b"/*",
    b"\xef\xbb\xbf",
    b"\xc3\xa9",
)
OFTEN = (3, 50, 2_000, 100_000)  # times that a sign comes again
LINES = (2, 30, 3_000)  # times that a line does


def repeated(data: bytearray, rng: random.Random) -> None:
    """A sign, a line, or every one of some sign, again and again: what turns a careless pattern into minutes."""
    at = rng.randrange(len(data))
    match rng.randrange(3):
        case 0:
            data[at:at] = rng.choice(SIGNS) * rng.choice(OFTEN)
        case 1:
            start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at) + 1 or len(data)
            data[end:end] = data[start : min(end, start + 2_000)] * rng.choice(LINES)
        case _:
            sign = rng.choice(SIGNS)
            data[:] = data.replace(sign, sign * rng.choice((2, 3, 40)), 2_000)


def mutated(content: bytes, rng: random.Random) -> bytes:
    """One to four damages: bits, bytes, blocks, cuts, repeats, foreign signs, a huge number; or what is there, far too often."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        if not data:
            return bytes(data)
        if rng.random() < 0.25:
            repeated(data, rng)
            continue
        at, length = rng.randrange(len(data)), rng.choice((1, 2, 4, 16, 200))
        match rng.randrange(9):
            case 0:
                data[at] ^= 1 << rng.randrange(8)
            case 1:
                data[at : at + length] = rng.randbytes(length)
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[at : at + length] * rng.choice((2, 10, 100))
            case 4:
                del data[at:]
            case 5:
                data[at : at + length] = b"\x00" * length
            case 6:
                data[at:at] = rng.choice(
                    (
                        b"\xff\xff\xff\xff",
                        b"'",
                        b'"',
                        b"(",
                        b"<",
                        b"&#0;",
                        b"{[",
                        b"\r",
                        b"\n\n",
                        b"\x1a",
                        "é".encode(),
                        b"\xe9",
                        b"\\",
                    )
                )
            case 7:
                data[at : at + 8] = rng.choice((b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80", b"\xff" * 8))
            case _:
                other = rng.randrange(len(data))
                data[at : at + length], data[other : other + length] = data[other : other + length], data[at : at + length]
    return bytes(data)
