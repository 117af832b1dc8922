"""Bytes in, the name of their encoding out, told nothing: marks and zeros first, then what the letters would be."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import BinaryIO

from analysis.rules.loading import load
from analysis.rules.shapes import Letters

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# One byte per sign, the likeliest first: a tie goes to the earlier one.
SINGLE = (
    "cp1252",
    "iso8859-15",
    "mac_roman",
    "cp850",
    "cp437",
    "cp1250",
    "iso8859-2",
    "mac_latin2",
    "cp852",
    "cp1251",
    "koi8-r",
    "cp866",
    "iso8859-5",
    "cp1253",
    "iso8859-7",
    "cp1254",
    "cp1257",
    "cp1255",
    "cp1256",
)
NEAR = 0.05  # of scores between which it is told that there is a doubt
DOUBT = 0.3  # and, by the number of different letters, between which the likelier encoding beforehand is taken
ASCII = frozenset(range(128))
# Encodings of several bytes per sign.
SEVERAL = ("big5", "cp932", "cp949", "cp950", "euc", "gb", "hz", "johab", "shift_jis")
CLUSTERED, PLAUSIBLE = 0.3, 0.72  # share of high bytes, and score of the best encoding of one byte
SHOUTED = 0.04
FOREIGN, RAREST = 0.1, 0.6  # what a letter of another language is worth, and the rarest one of its own; the most frequent is 1
# Delimiters of exports of whole documents: where no other byte is high, they are no letters.
SIGNS = frozenset(b"\xfe\xa6\xa7\xb6\xa4\xac")
HIGH = re.compile(rb"[\x00-\x7f]{0,12}[\x80-\xff]{1,24}[\x00-\x7f]{0,12}")
SNIPPETS = 400
MARKED = 1 << 10  # bytes that tell the width of the signs
WIDE_PLAIN, WIDE_ODD = 0.08, 0.02  # shares of a text of wide signs: digits, delimiters and line ends; what no text holds
ODD = (("\u2070", "\u2fff"), ("\u3100", "\u4dff"))  # symbols, signs of other uses, rare ideographs
LOOKED = 1 << 22  # bytes that tell the encoding of a stream
KNOWN_DASHES = "’‘“”–—…€°«»"


def marked(head: bytes) -> tuple[str, int]:
    """Encoding and length of the byte order mark; by the zeros of wide signs where there is none; else UTF-8."""
    for mark, name in sorted(BOMS, key=lambda item: -len(item[0])):
        if head.startswith(mark) and not (name == "utf-16-le" and head.startswith(codecs.BOM_UTF32_LE)):
            return name, len(mark)
    if len(head) >= 16:
        zeros = [head[at::4].count(0) / (len(head) // 4) for at in range(4)]
        if zeros[0] < 0.1 and min(zeros[1:]) > 0.8:
            return "utf-32-le", 0
        if zeros[3] < 0.1 and min(zeros[:3]) > 0.8:
            return "utf-32-be", 0
        halves = [head[0::2].count(0), head[1::2].count(0)]
        if max(halves) > len(head) * 0.4 and min(halves) == 0:
            return ("utf-16-le" if halves[1] else "utf-16-be"), 0
        if max(halves) > 0 and min(halves) == 0 and is_wide(head, name := "utf-16-le" if halves[1] else "utf-16-be"):
            return name, 0
    return "utf-8", 0


def is_wide(head: bytes, name: str) -> bool:
    """Whether pairs of bytes are signs, of a script whose letters have no zero byte: as a text of single bytes the same would be
    letters of symbols and rare signs."""
    text = head[: len(head) // 2 * 2].decode(name, "replace")
    plain = sum(sign in "\t\r\n" or " " <= sign <= "~" for sign in text)
    letters = sum(sign.isalpha() for sign in text)
    odd = sum(not (sign.isprintable() or sign in "\t\r\n") or any(first <= sign <= last for first, last in ODD) for sign in text)
    return plain > len(text) * WIDE_PLAIN and letters > 0 and odd <= len(text) * WIDE_ODD


DAMAGED = "ampleur-damaged"


def as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that do not fit the encoding, read as Windows-1252 (a line of another origin)."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1").translate(C1), error.end


C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
codecs.register_error(DAMAGED, as_cp1252)


def mostly_utf8(data: bytes) -> bool:
    """Whether the letters above ASCII are UTF-8 more often than not: other bytes by chance make few valid ones."""
    kept = data.decode("utf-8", "ignore")
    good = len(kept) - len(kept.encode("ascii", "ignore"))
    bad = len(data) - len(kept.encode())
    return good >= bad


def encoding_of(file: BinaryIO) -> tuple[str, int]:
    """Encoding and length of the mark of an opened text: as a person said, by its mark, or by its letters."""
    head = file.read(LOOKED)
    file.seek(0)
    name, bom = marked(head[:MARKED])
    if TOLD.name:
        return TOLD.name, bom if name == TOLD.name else 0
    if name == "utf-8" and not mostly_utf8(head[: head.rfind(b"\n") + 1] or head):
        return likeliest(snippets([head])), 0
    return name, bom


@dataclass(slots=True)
class Declared:
    """What a person said of the file; one request, one process."""

    name: str = ""


TOLD = Declared()


def width_of(encoding: str) -> int:
    """Bytes of the smallest sign."""
    return 2 if encoding.startswith("utf-16") else 4 if encoding.startswith("utf-32") else 1


def snippets(blocks: Iterable[bytes]) -> list[bytes]:
    """The high bytes of a text with their neighbors."""
    found: list[bytes] = []
    for block in blocks:
        found += [part[0] for part, _ in zip(HIGH.finditer(block), range(SNIPPETS - len(found)), strict=False)]
        if len(found) >= SNIPPETS:
            break
    return found


def likeliest(parts: list[bytes]) -> str:
    return ranked(parts)[0]


def ranked(parts: list[bytes]) -> tuple[str, str]:
    """The encoding under which the high bytes make the most plausible words; and one that makes others nearly as plausible, or
    nothing."""
    if not parts:
        return "cp1252", ""
    joined = b"\n".join(parts)
    if len({byte for byte in joined if byte > 0x7F} | SIGNS) == len(SIGNS):
        return "cp1252", ""
    high, distinct = sum(byte > 0x7F for byte in joined) / len(joined), len(set(joined) - ASCII)
    scored = {name: plausible(joined.decode(name, "replace")) for name in SINGLE}
    best = max(scored.values())
    if high > CLUSTERED and best < PLAUSIBLE:  # more than one byte per sign: tables of whole languages help
        from charset_normalizer import from_bytes

        found = from_bytes(joined).best()
        if found is not None and found.encoding.startswith(SEVERAL):
            return found.encoding, ""
    name = next(name for name in SINGLE if scored[name] >= best - DOUBT / (1 + distinct))
    text = joined.decode(name, "replace")
    near = sorted((name for name in SINGLE if scored[name] >= best - NEAR), key=lambda name: -scored[name])
    return name, next((rival for rival in near if joined.decode(rival, "replace") != text), "")


@cache
def alphabets() -> tuple[dict[str, float], ...]:
    """By language: its letters above ASCII and what they are worth."""
    found: list[dict[str, float]] = []
    for letters in load(Letters).languages.values():
        step = (1 - RAREST) / max(len(letters) - 1, 1)
        found.append({sign: 1 - at * step for at, sign in enumerate(letters)})
    return tuple(found)


def plausible(text: str) -> float:
    """-1 to 1: how much the signs above ASCII read like parts of words, all of one language."""
    letters: Counter[str] = Counter()
    total = 0.0
    count = 0
    for at, sign in enumerate(text):
        if sign <= "\x7f":
            continue
        count += 1
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        worth = weight(sign, before, after)
        if worth is None:
            letters[sign.lower() if sign != "İ" else "ı"] += 1
        else:
            total += worth
    shouted = sum(sign.isupper() and before.isupper() for before, sign in pairwise(text) if min(before, sign) > "\x7f")
    if letters:
        total -= SHOUTED * shouted  # a text of capitals is rarer than one of small letters
        total += max(sum(worth.get(sign, FOREIGN) * often for sign, often in letters.items()) for worth in alphabets())
    return total / count if count else 0.0


def weight(sign: str, before: str, after: str) -> float | None:
    """What a sign is worth between its neighbors; None: as much as its language makes of it."""
    inside = before.isalpha() and after.isalpha()
    if sign.isalpha():
        if sign.isupper() and before.islower():
            return -0.6
        if sign.islower() and before.isupper() and (after.isupper() or not after.isalpha()) and before <= "\x7f":
            return -0.3
        if not before.isalpha() and not after.isalpha():
            return 0.3 if sign in "àÀ" else -0.3
        script = unicodedata.name(sign, "").split(" ")[0]
        if script == "LATIN":
            return None
        others = [unicodedata.name(near, "").split(" ")[0] for near in (before, after) if near > "\x7f" and near.isalpha()]
        if others and all(other == script for other in others):
            return 0.2 if sign.isupper() and before.islower() else None
        return -0.5
    if sign in "’‘" and inside:
        return 0.6
    if inside or unicodedata.category(sign)[0] == "C" or "BOX DRAWINGS" in unicodedata.name(sign, ""):
        return -1.0
    if sign in KNOWN_DASHES:
        return -0.3 if after.isalpha() and sign in "…€–" else 0.4
    return -0.3 if after.isalpha() else 0.0


def known(name: str) -> bool:
    """Whether text can be decoded under this name."""
    try:
        return bool(codecs.lookup(name)._is_text_encoding)  # pyright: ignore
    except LookupError:
        return False


# UTF-8 that was read as Windows-1252 and written as UTF-8 once more: two to four signs for one.
TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]{1,3}"
)
LEAST_TWICE = 3


def encoded_twice(text: str) -> bool:
    """Whether a text is certainly mojibake: several such signs, each a letter when undone, and no other letter with an accent."""
    found = TWICE.findall(text)
    undone = [once(part) for part in found]
    good = sum(part != before and part.isprintable() for part, before in zip(undone, found, strict=True))
    others = sum(sign > "\x7f" and sign.isalpha() for sign in TWICE.sub("", text))
    return good >= LEAST_TWICE and good == len(found) and others <= 0.02 * good


def once(part: str) -> str:
    """The signs that were meant; the same where nothing was meant."""
    try:
        return bytes(CP1252.get(sign) or sign.encode("cp1252")[0] for sign in part).decode("utf-8")
    except (UnicodeError, IndexError):
        return part


CP1252 = {chr(code): code for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def repaired(text: str) -> str:
    return TWICE.sub(lambda part: once(part[0]), text)
