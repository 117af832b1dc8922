"""A path in, a place to write out: the target appears whole or not at all, and an older one stays until then."""

import contextlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from analysis.ground.errors import Trouble
from analysis.ground.words import say


@contextmanager
def whole(path: Path) -> Generator[Path]:
    """Write to the path that is given; on success it becomes the target. Raises Trouble in words for people."""
    part, known = path.with_name(f".{path.name}.part"), path.parent.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(path)
    except PermissionError:
        raise Trouble(
            "output_busy",
            say(
                "The file {name} cannot be replaced: it may be open in another program, or you may not write there. Close it or choose another name.",
                name=path.name,
            ),
        ) from None
    except OSError:
        raise Trouble(
            "output",
            say(
                "The file {name} cannot be written: the disk may be full or the folder missing. Choose another place.",
                name=path.name,
            ),
        ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            if not known:  # a folder made for an export that failed; one that holds something stays
                path.parent.rmdir()
