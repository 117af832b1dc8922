"""A path in, a place to write out: the target appears whole or not at all, and an older one stays until then."""

import contextlib
import os
import tempfile
import threading
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.folders import private_folder, sweep
from analysis.ground.words import say

PREFIX = ".ampleur-"
_libraries = threading.RLock()  # the place of temporary files is one for the whole process


@contextmanager
def told_in_words(path: Path) -> Generator[None]:
    """What a file system refuses, in words for people."""
    try:
        yield
    except PermissionError:
        raise Trouble(
            "output_busy",
            say(
                "The file {name} cannot be replaced: it may be open in another program, or you may not write there. Close it "
                "or choose another name.",
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


@contextmanager
def whole(path: Path) -> Generator[Path]:
    """Write to the path that is given; on success it becomes the target. Raises Trouble in words for people.

    It lies in a new folder of a random name that nobody else can enter, beside the target: nothing that was planted there is
    followed. What libraries write on the way lies there too, and is gone with it.
    """
    known = path.parent.exists()
    try:
        with told_in_words(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside(path) as folder:
                part = folder / "part"
                with libraries_write_in(folder):
                    yield part
                with part.open("rb+") as stream:
                    os.fsync(stream.fileno())
                part.replace(path)
    finally:
        if not known:  # a folder made for an export that failed; one that holds something stays
            with contextlib.suppress(OSError):
                path.parent.rmdir()


def beside(path: Path) -> AbstractContextManager[Path]:
    """A private folder beside a target; those that dead runs left there go."""
    sweep(path.parent, PREFIX)
    return private_folder(path.parent, PREFIX)


@contextmanager
def libraries_write_in(folder: Path) -> Generator[None]:
    """Where libraries put their temporary files while inside: some leave them behind when they fail."""
    with _libraries:
        before, tempfile.tempdir = tempfile.tempdir, str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before


@contextmanager
def whole_folder(path: Path, of_whole: bool = False) -> Generator[Path]:
    """The same for a folder of several files: fill the one that is given. It never mixes with an older one. `of_whole`: each file
    in it is written by `whole`, from any thread. Raises Trouble."""
    if path.exists():
        said = say("The folder {name} is there already: choose a new one.", name=path.name)
        raise Trouble("output_there", said, BAD_ARGUMENTS)
    with told_in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside(path) as outer:
            place = outer / "made"
            place.mkdir()
            with contextlib.nullcontext() if of_whole else libraries_write_in(outer):
                yield place
            place.rename(path)


def keep_apart(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raises Trouble where a file would be written over what is read, or over another output: the same file by device and
    inode."""
    taken = [file for path in inputs for file in (path, *(path.rglob("*") if path.is_dir() else ()))]
    for path in outputs:
        if any(same_file(path, other) for other in taken):
            raise Trouble(
                "same_file",
                say(
                    "{name} would replace a file that this command reads or writes itself: choose another name. Nothing was "
                    "changed.",
                    name=path.name,
                ),
                BAD_ARGUMENTS,
            )
        taken.append(path)


def same_file(one: Path, other: Path) -> bool:
    """By device and inode where both exist, else by name."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one.resolve()) == os.path.normcase(other.resolve())
