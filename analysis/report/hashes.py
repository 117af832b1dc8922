"""People in, a CSV of keyed hashes out (see `analysis.resolve.hashes`): for the owner of another list. It holds no cell of
the leak."""

import csv
import os
import secrets
from pathlib import Path

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from analysis.ground.words import say
from analysis.model import People
from analysis.resolve.hashes import FORM, HASHED, SHORTEST, hashes, heads
from analysis.rules.kinds import kinds
from analysis.store import Store


def key_of(path: Path, make: bool = False) -> bytes:
    """The key in a file, without the blanks around it. `make`: a new one is drawn where there is no such file. Raises Trouble."""
    try:
        if make and not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32) + "\n")
        key = path.read_bytes().strip()
    except OSError:
        raise Trouble(
            "key", say("The key file {name} cannot be read or written. Choose another.", name=path.name), BAD_ARGUMENTS
        ) from None
    if len(key) < SHORTEST:
        raise Trouble(
            "key", say("The key in {name} is too short: it needs at least {n} signs.", name=path.name, n=SHORTEST), BAD_ARGUMENTS
        )
    return key


def holds_hashes(path: Path) -> bool:
    """Whether a file begins as `write_hashes` begins one."""
    try:
        with path.open("rb") as file:
            return file.read(len(FORM)) == FORM.encode()
    except OSError:
        return False


def write_hashes(store: Store, people: People, key: bytes, path: Path, watch: Watch) -> int:
    """Columns: see `heads`; persons in the order of their hashes, so that the source's own is not told. How many there are."""
    rows = store.table(hashes(store, people, key, watch.within(0.0, 0.6)))
    columns = [f"h{at}" for at in range(len(HASHED))]
    ordered = rows.select(*columns, "kinds").order_by(*columns)
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads(key))
        at = 0
        for at, (*texts, mask) in enumerate(store.stream(ordered, watch.within(0.6, 1.0)), 1):
            writer.writerow((at, *(text or "" for text in texts), *(mask >> place & 1 for place in range(len(kinds())))))
    return at
