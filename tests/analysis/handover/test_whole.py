"""Whole or not at all, in each format: a full disk, a target that is open elsewhere, a folder that is gone. (Kills: `tests.kills`.)
And what the documents say, word by word (`tests/golden/documents`; `python -m tests.analysis.handover.test_whole` writes it anew,
only after a change that is meant to change texts)."""

import gc
import os
import resource
import shutil
from pathlib import Path

import pytest

from analysis.command.door import run
from analysis.ground.errors import Trouble
from tests.conftest import SAMPLE, TEMPLATE, TOP
from tests.kills import writers

GOLDEN = TOP / "tests" / "golden" / "documents"
FORMATS = ("pdf", "docx", "html", "md", "txt", "xlsx", "json", "zip")
SMALL = 2_000  # bytes that the disk still holds


@pytest.fixture
def small_disk():
    """No file may grow further than this: what a full disk says, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    yield
    gc.collect()  # what a library left open closes now, and fails
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_leaves_the_old_file_and_one_sentence(name, sample_impact, tmp_path, small_disk):
    path = tmp_path / f"report.{name}"
    path.write_bytes(b"the old one")
    with pytest.raises(Trouble) as refused:
        writers(*sample_impact)[name](path, "fr")
    assert refused.value.code == "output" and path.read_bytes() == b"the old one" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", FORMATS)
def test_a_target_that_is_open_elsewhere_stays_as_it_is(name, sample_impact, tmp_path, monkeypatch):
    path, replace = tmp_path / f"report.{name}", Path.replace
    path.write_bytes(b"the old one")

    def refused(self, target):
        if Path(target) == path:
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(Trouble) as told:
        writers(*sample_impact)[name](path, "fr")
    assert told.value.code == "output_busy" and path.read_bytes() == b"the old one" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", FORMATS)
def test_a_folder_that_goes_while_it_is_written_is_one_sentence(name, sample_impact, tmp_path, monkeypatch):
    path, fsync = tmp_path / "folder" / f"report.{name}", os.fsync

    def gone(stream):
        shutil.rmtree(path.parent, ignore_errors=True)
        fsync(stream)

    monkeypatch.setattr(os, "fsync", gone)
    with pytest.raises(Trouble) as told:
        writers(*sample_impact)[name](path, "fr")
    assert told.value.code == "output" and not path.exists()


def documents(folder: Path, language: str) -> dict[str, str]:
    """Every document of the sample with the incident of November 2024, as text."""
    to = folder / language
    told = ["report", str(SAMPLE), "--incident", str(TEMPLATE), "--to", str(to), "--formats", "txt", "--letters", "--shareable"]
    assert run([*told, "--authority", "edpb,cnil", "--lang", language]) == 0
    paths = (path for path in to.rglob("*") if path.suffix in (".txt", ".csv") and path.is_file())
    return {path.relative_to(to).as_posix(): path.read_text(encoding="utf-8-sig") for path in paths}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_document_says_what_it_said(language, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732100000")
    golden = GOLDEN / language
    known = {
        path.relative_to(golden).as_posix(): path.read_text(encoding="utf-8") for path in golden.rglob("*") if path.is_file()
    }
    found = documents(tmp_path, language)
    assert sorted(found) == sorted(known)
    for name, text in found.items():
        assert text.splitlines() == known[name].splitlines(), name


if __name__ == "__main__":
    import tempfile

    os.environ["SOURCE_DATE_EPOCH"] = "1732100000"
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as top:
        for language in ("fr", "en"):
            for name, text in documents(Path(top), language).items():
                (GOLDEN / language / name).parent.mkdir(parents=True, exist_ok=True)
                (GOLDEN / language / name).write_text(text, encoding="utf-8")
