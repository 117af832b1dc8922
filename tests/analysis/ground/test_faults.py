"""What must never happen: an output over an input, a planted link followed, a cell in an error, a torn workbook, a lost
Ctrl+C."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from openpyxl.worksheet import _writer as sheet_writer

from analysis.command.door import run
from analysis.formats.child import READERS
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.whole import whole
from tests.conftest import CANARY, SAMPLE, TOP

ROWS = "nom;prenom;courriel\n" + "".join(f"DURAND{at};Jean;p{at}@example.org\n" for at in range(30))


@pytest.fixture
def leak(tmp_path: Path) -> Path:
    path = tmp_path / "leak.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


OVERWRITES = [
    ["analyze", "leak.csv", "--json", "leak.csv"],
    ["analyze", "leak.csv", "--persons", "leak.csv"],
    ["analyze", "leak.csv", "--excel", "leak.csv.xlsx", "--json", "leak.csv.xlsx"],
    ["analyze", "leak.csv", "--excel", "same", "--persons", "same.xlsx"],
    ["analyze", "leak.csv", "--case", "leak.csv"],
    ["analyze", "leak.csv", "--register", "other.csv", "--json", "other.csv"],
    ["analyze", "leak.csv", "--incident", "incident.toml", "--json", "incident.toml"],
    ["analyze", "leak.csv", "--json", "hard.csv"],
    ["analyze", "leak.csv", "--json", "soft.csv"],
    ["analyze", ".", "--json", "leak.csv"],
    ["convert", "leak.csv", "--out", "out.csv", "--ledger", "leak.csv"],
    ["convert", "leak.csv", "--out", "leak.csv"],
    ["hash", "leak.csv", "--key", "new.key", "--out", "leak.csv"],
    ["hash", "leak.csv", "--key", "new.key", "--out", "new.key"],
    ["inspect", "leak.csv", "--json", "leak.csv"],
    ["classify", "other.csv", "leak.csv", "--json", "leak.csv"],
    ["anonymity", "leak.csv", "--population", "other.csv", "--json", "other.csv"],
    ["synth", "--patients", "5", "--out", "a.csv", "--answer-key", "a.csv"],
]


@pytest.mark.parametrize("words", OVERWRITES, ids=" ".join)
def test_no_output_replaces_an_input_or_another_output(words, leak, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("other.csv", "incident.toml"):
        (tmp_path / name).write_text(ROWS if name.endswith("csv") else "", encoding="utf-8")
    (tmp_path / "hard.csv").hardlink_to(leak)
    (tmp_path / "soft.csv").symlink_to(leak)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert run([*words, "--lang", "en"]) == 2
    assert "choose another name" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nothing_that_was_planted_beside_the_target_is_followed(tmp_path):
    victim, target = tmp_path / "victim", tmp_path / "out.json"
    victim.write_text("untouched")
    (tmp_path / ".out.json.part").symlink_to(victim)
    os.mkfifo(tmp_path / "out.json")
    with whole(target) as part:
        assert part.parent.stat().st_mode & 0o077 == 0 and part.parent != tmp_path
        part.write_text("new")
    assert (victim.read_text(), target.read_text()) == ("untouched", "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.json.part", "out.json", "victim"]


STAGES = [
    "analysis.read.leak.read_file",
    "analysis.classify.exposure.evidence_of",
    "analysis.classify.exposure.coherence",
    "analysis.resolve.people.mentions",
    "analysis.resolve.people.link_more",
    "analysis.assess.impact.census_of",
    "analysis.report.machine.people",
    "analysis.report.excel.fill",
    "analysis.report.pictures.draw",
    "analysis.store.store.compiled",
]


@pytest.mark.parametrize("place", STAGES)
def test_an_error_that_nobody_foresaw_quotes_no_cell(place, leak, tmp_path, monkeypatch, capsys):
    def fail(*_, **__):
        raise ValueError(f"could not convert {CANARY}")

    monkeypatch.setattr(place, fail)
    out = [f"--{name}" if not at else str(tmp_path / f"o.{name}") for name in ("json", "excel", "charts") for at in (0, 1)]
    assert run(["analyze", str(leak), "--link", "full", "--lang", "en", *out]) == 3
    told = capsys.readouterr()
    assert "Something unexpected happened (ValueError)" in told.err and "analysis/" in told.err
    assert CANARY not in told.err + told.out and "Traceback" not in told.err
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".ampleur")]


FAILING = """
import sys; sys.path.insert(0, {top!r})
from analysis.formats import child, workbook
def fail(*_, **__):
    raise ValueError("could not convert {canary}")
if {kind!r} == "workbook":
    workbook.read_workbook = fail
else:
    room, name = child.READERS[{kind!r}]
    setattr(getattr(child.formats, room), name, fail)
child.main()
"""


@pytest.mark.parametrize("kind", ["workbook", *READERS])
def test_an_error_in_a_reader_leaves_the_child_without_a_cell(kind, leak):
    request = {"path": str(leak), "name": leak.name, "size": leak.stat().st_size, "task": "tables", "kind": kind}
    code = FAILING.format(top=str(TOP), canary=CANARY, kind=kind)
    ended = subprocess.run(
        [sys.executable, "-I", "-c", code], input=json.dumps(request).encode() + b"\n", capture_output=True, timeout=60
    )
    assert ended.stdout.endswith(b'"unreadable"') and CANARY.encode() not in ended.stdout + ended.stderr, ended
    assert b"Traceback" not in ended.stderr


def test_a_thread_that_ends_in_an_error_prints_types_and_lines_alone():
    code = f"""
import sys, threading; sys.path.insert(0, {str(TOP)!r})
from analysis.ground.guard import stand_guard
stand_guard()
def fail(): raise ValueError({CANARY!r})
thread = threading.Thread(target=fail); thread.start(); thread.join()
fail()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stderr.count("ValueError") == 2 and CANARY not in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("torn", [False, True], ids=["fails", "torn"])
def test_a_workbook_that_fails_leaves_nothing_and_is_never_torn(torn, leak, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()

    def fail(*_):
        raise OSError("no room")

    if torn:  # the library's own stream lost its end
        original = sheet_writer.WorksheetWriter.close
        monkeypatch.setattr(sheet_writer.WorksheetWriter, "close", lambda self: (original(self), os.truncate(self.out, 100)))
    else:
        monkeypatch.setattr(sheet_writer.WorksheetWriter, "write_tail", fail)
    assert run(["analyze", str(leak), "--excel", str(tmp_path / "out.xlsx"), "--lang", "en"]) == 3
    assert "cannot be written" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["leak.csv", "tmp"] and not list((tmp_path / "tmp").iterdir())


def test_a_wish_to_stop_that_comes_before_the_question_begins_is_told_again():
    watch, heard = Watch(), threading.Semaphore(0)
    with watch.interruptible(heard.release):
        watch.stop()
        assert all(heard.acquire(timeout=10) for _ in range(3))


def test_ctrl_c_ends_every_stage(tmp_path):
    """At random moments of one analysis; two busy processes beside it."""
    draw = random.Random(5)
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        for _ in range(2):
            process = subprocess.Popen([sys.executable, str(TOP / "main.py"), "analyze", str(SAMPLE), "--excel", str(tmp_path / "o.xlsx"), "--link", "full"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "HOME": str(tmp_path)})  # fmt: skip
            try:
                process.wait(1.5 + draw.random() * 3)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
            assert process.returncode in (0, 130) and b"Traceback" not in errors
    finally:
        for process in busy:
            process.kill()
            process.wait()


def test_a_target_that_cannot_be_written_is_told():
    with pytest.raises(Trouble), whole(Path("/proc/ampleur/out")):
        pass
