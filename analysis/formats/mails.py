"""A mailbox (mbox) or one message (eml) in, a table of messages out: their headers, the names of what is attached, the text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import BinaryIO

from analysis.formats.out import Out

HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject", "Message-ID")
COLUMNS = ("from", "to", "cc", "bcc", "reply_to", "date", "subject", "message_id", "attachments", "text")
FIRST = re.compile(
    r"(?:From [^\n]{3,200}\d{4}[^\n]*\n)?(?:(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|"
    r"X-[\w-]+|DKIM-Signature|Authentication-Results|Reply-To|Sender|Content-Type|Thread-Topic):[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
SENDER = re.compile(r"^From:", re.IGNORECASE | re.MULTILINE)
BEGIN = b"From "
LONGEST = 32 << 20  # bytes of one message
MOST_TEXT = 100_000  # characters of it that are kept
BODY = re.compile(rb"\r?\n\r?\n")
HEADER = re.compile(rb"^[^\n](?:[^\n]|\n[ \t]){100000}", re.MULTILINE)
PARAMETERS = re.compile(rb"^content-(?:type|disposition):(?:[^\n]|\n[ \t]){10000}", re.IGNORECASE | re.MULTILINE)


def is_mail(start: str) -> bool:
    return bool(FIRST.match(start) and SENDER.search(start[:20_000]))


def read_mails(file: BinaryIO, out: Out) -> None:
    out.table("messages", COLUMNS)
    for number, data in enumerate(messages(file), 1):
        if is_endless(data):
            out.reject("messages", number, "row_too_long", data[:200].decode("utf-8", "replace"))
        else:
            out.row("messages", cells(message_from_bytes(data, policy=policy.compat32)), number)


def messages(file: BinaryIO) -> Iterator[bytes]:
    """Parted by the lines that begin with "From " behind a blank one."""
    gathered: list[bytes] = []
    size, blank = 0, True
    for line in file:
        if blank and line.startswith(BEGIN):
            if any(map(bytes.strip, gathered)):
                yield b"".join(gathered)
            gathered, size = [], 0
        elif size < LONGEST:
            gathered.append(line)
            size += len(line)
        blank = not line.strip()
    if any(map(bytes.strip, gathered)):
        yield b"".join(gathered)


def is_endless(data: bytes) -> bool:
    """Whether it has a header that no mail program writes, on which the library's own parser takes minutes."""
    head = BODY.split(data, maxsplit=1)[0]
    return bool(HEADER.search(head) or PARAMETERS.search(data))


def cells(message: Message) -> list[str]:
    found = ["; ".join(decoded(str(value)) for value in message.get_all(name, [])) for name in HEADERS]
    parts = [part for part in message.walk() if not part.is_multipart()]
    files = [decoded(name) for part in parts if (name := part.get_filename())]
    texts = [part for part in parts if not part.get_filename() and part.get_content_type() == "text/plain"]
    return [*found, "; ".join(files), text_of(texts[0])[:MOST_TEXT] if texts else ""]


def decoded(value: str) -> str:
    """A header as it is meant (RFC 2047), in one line."""
    with suppress(HeaderParseError, UnicodeError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(filter(None, map(str.strip, value.splitlines())))


def text_of(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace").strip()
    except LookupError:
        return data.decode("utf-8", "replace").strip()
