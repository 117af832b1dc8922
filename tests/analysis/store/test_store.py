"""The engine is locked, encrypted on disk, silent about cells, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from analysis.ground.errors import Cancelled, Trouble
from analysis.ground.folders import sweep as swept
from analysis.ground.watch import Watch
from analysis.model.tables import Names, Pairs
from analysis.store import Store
from analysis.store.vault import PREFIX, Vault
from tests.conftest import CANARY, TOP

REFUSED = [
    "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')", "COPY (SELECT 1) TO '/tmp/ampleur-escape.csv'", "ATTACH '/tmp/ampleur-escape.db' AS x",
    "SELECT * FROM read_csv('https://example.invalid/x.csv')", "SELECT * FROM read_parquet('s3://bucket/x')", "INSTALL spatial",
    "LOAD spatial", "CREATE SECRET s (TYPE s3)", "SET memory_limit = '10GB'", "SET enable_external_access = true", "EXPORT DATABASE '/tmp/ampleur-x'",
    "SELECT * FROM some_python_variable",
]  # fmt: skip


@pytest.mark.parametrize("statement", REFUSED)
def test_the_locked_engine_refuses(store, statement):
    some_python_variable = [1]
    with pytest.raises(duckdb.Error):
        store._connection.execute(statement)
    assert some_python_variable


def test_the_engine_opens_no_file_through_the_gate_without_a_source(store):
    with pytest.raises((duckdb.Error, FileNotFoundError)):
        store._connection.execute("SELECT * FROM read_csv('leak://0')").fetchall()


def test_an_engine_error_becomes_a_sentence_without_the_cell(store):
    with pytest.raises(Trouble) as raised:
        store._run(f"SELECT '{CANARY}'::INTEGER", Watch())
    assert CANARY not in str(raised.value) + repr(raised.value.said)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_the_same_question_is_answered_once(store):
    store.create("numbers", {"n": "int64"})
    store.insert("numbers", [(1,), (2,)])
    first = store.keep(Pairs, store.table("numbers").select(a="n", b=lambda t: t.n * 2), Watch())
    store.insert("numbers", [(3,)])
    again = store.keep(Pairs, store.table("numbers").select(a="n", b=lambda t: t.n * 2), Watch())
    assert first == again
    assert len(store.rows(store.table(again))) == 2


def test_a_running_query_is_interrupted(store):
    import threading

    watch = Watch()
    threading.Timer(0.2, watch.stop).start()
    with pytest.raises(Cancelled):
        store._run("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3", watch)


def test_what_goes_to_disk_is_encrypted_and_private(tmp_path):
    store = Store(on_disk=True, memory=200 << 20, root=tmp_path)
    store.create("people", {"name": "string"})
    store._run(f"INSERT INTO people SELECT '{CANARY}' || range FROM range(2000000)", Watch())
    store._run("CREATE TABLE ordered AS SELECT name FROM people ORDER BY hash(name)", Watch())
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 1_000_000
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]
    assert not [path for path in store.folder.rglob("*") if path.stat().st_mode & 0o077]
    assert store.folder.stat().st_mode & 0o777 == 0o700
    folder = store.folder
    store.close()
    assert not folder.exists()


def test_in_memory_nothing_lies_on_disk(store):
    store.create("people", {"name": "string"})
    store.insert("people", [(CANARY,)] * 1000)
    assert [path.name for path in store.folder.rglob("*") if path.is_file()] == ["lock"]


def test_what_a_killed_run_left_is_swept_at_the_next_start(tmp_path):
    code = f"import sys; sys.path.insert(0, {str(TOP)!r})\nfrom pathlib import Path\nfrom analysis.store.vault import Vault\nheld = Vault(Path({str(tmp_path)!r}))\nprint('ready', flush=True)\nsys.stdin.read()"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None and child.stdout.readline() == b"ready\n"
    (left,) = tmp_path.iterdir()
    assert swept(tmp_path, PREFIX) == 0, "the folder of a living run stays"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    vault = Vault(tmp_path)
    assert not left.exists()
    vault.close()
    assert list(tmp_path.iterdir()) == []


def test_the_reference_set_is_read_through_the_lock(store):
    names = store.reference(Names)
    ((martin,),) = store.rows(names.filter(names.name == "MARTIN").select("last"))
    assert martin > 200_000
    assert os.path.sep in str(store.folder) and Path(store.folder).is_dir()


def test_a_borrowed_connection_tells_the_engine_s_errors_in_our_words_though_a_library_wrapped_them(store):
    with pytest.raises(Trouble) as raised, store.lent(Watch()) as cursor:
        try:
            cursor.execute(f"SELECT '{CANARY}'::INTEGER")
        except duckdb.Error as error:
            raise RuntimeError(f"a library quotes: {error}") from error
    assert CANARY not in str(raised.value) + repr(raised.value.said)
    with pytest.raises(RuntimeError, match="ours"), store.lent(Watch()):
        raise RuntimeError("ours")


def test_a_query_of_a_borrowed_connection_is_cancelled(store):
    watch = Watch()
    threading.Timer(0.2, watch.stop).start()
    with pytest.raises(Cancelled), store.lent(watch) as cursor:
        try:
            cursor.execute("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7")
        except duckdb.Error as error:
            raise RuntimeError("wrapped") from error


def test_a_text_of_several_megabytes_is_stored_whole(store):
    store.create("long", {"c0": "string"})
    store.insert("long", [("é" * 1_500_000,), ("x",)])
    long = store.table("long")
    assert store.rows(long.select(n=long.c0.length())) == [(1_500_000,), (1,)]


def test_control_c_ends_a_question_whatever_else_the_machine_does():
    """As every command hears it: a lone handler of Python is lost now and then inside the engine, on a busy machine."""
    code = """import os, signal, sys, threading
from analysis.ground.errors import Cancelled
from analysis.ground.signals import heed_interrupts
from analysis.ground.watch import Watch
from analysis.store import Store
heed_interrupts()
store = Store()
try:
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    store._run("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3", Watch())
except (KeyboardInterrupt, Cancelled):
    print("stopped")
store.close()"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=TOP, timeout=60)
    assert done.stdout.strip() == "stopped", done.stderr[-300:]


def test_one_question_asked_by_many_at_once_is_answered_to_all(store):
    names = store.make(Pairs, [(at, at + 1) for at in range(50)])
    for turn in range(20):
        pairs = store.table(names)
        asked, found = pairs.filter(pairs.a > turn).order_by("a"), []
        gate = threading.Barrier(6)

        def work(asked=asked, found=found, gate=gate):
            gate.wait()
            found.append(store.keep(Pairs, asked, Watch()))

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(found) == 6 and len(set(found)) == 1


def test_who_waits_for_another_s_answer_can_stop(store):
    watch = Watch()
    with store.alone("listing_0", Watch()):
        watch.stop()
        with pytest.raises(Cancelled), store.alone("listing_0", watch):
            pass
