"""Two owners compare their lists by keyed hashes: the same answer as with the lists themselves, and no name in the file."""

import csv
import hmac
import json
from datetime import date, timedelta

import pytest

from analysis.command.door import run
from analysis.declare.question import Other, Question
from analysis.ground.watch import Watch
from analysis.pipeline import against, answer
from analysis.resolve.cumulated import before_of
from analysis.resolve.hashes import HASHED, heads, hmac_sha256
from tests.conftest import DAY

KEY = b"an-invented-key-of-both-owners"
GIVEN = ["Jeanne", "Lucas", "Amandine", "Karim", "Odette"]


def name(at):
    return "NOM" + "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{at:03d}")


def born(at):
    return date(1940, 1, 1) + timedelta(days=71 * at)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A leak of 120 persons, and an earlier one of every second of them and of 30 others, without their phones. Twins stand
    in both; of ten the e-mail was changed; of one the birth date is another, as of a namesake."""
    folder = tmp_path_factory.mktemp("hashes")
    leak, earlier, key = folder / "leak.csv", folder / "earlier.csv", folder / "key.txt"
    lines = [f"{name(at)};{GIVEN[at % 5]};{born(at):%d/%m/%Y};p{at}@courriel.example;06990{at:05d}" for at in range(120)]
    before = [
        f"{GIVEN[at % 5].upper()},{name(at)},{born(at):%Y-%m-%d},{'old' if at < 20 else 'p'}{at}@courriel.example"
        for at in [*range(0, 120, 2), *range(200, 230)]
    ]
    lines.append(f"{name(300)};Marie;05/05/1955;;")
    before += [f"MARIE,{name(300)},1975-05-05,", *(f"{first},{name(301)},2001-01-01," for first in ("LUC", "PAUL"))]
    lines += [f"{name(301)};{first};01/01/2001;;" for first in ("Luc", "Paul")]
    leak.write_text("nom;prenom;date_naissance;email;telephone\n" + "\n".join(lines) + "\n", encoding="utf-8")
    earlier.write_text("first_name,last_name,birth_date,email\n" + "\n".join(before) + "\n", encoding="utf-8")
    key.write_bytes(KEY + b"\n")
    return leak, earlier, key


@pytest.fixture(scope="module")
def hashed(files, tmp_path_factory):
    _, earlier, key = files
    out = tmp_path_factory.mktemp("hashed") / "earlier-hashes.csv"
    assert run(["--lang", "en", "hash", str(earlier), "--key", str(key), "--out", str(out)]) == 0
    return out


def test_the_hash_is_an_hmac_of_rfc_2104(store):
    store.create("texts", {"a": "string"})
    store.insert("texts", [["what do ya want for nothing?"], ["Élodie"]])
    texts = store.table("texts")
    for key in (b"Jefe", b"k" * 64, b"\xaa" * 131):  # RFC 4231, test cases 2 and 6 (their keys)
        told = store.rows(texts.select("a", h=hmac_sha256(texts.a, key)))
        assert dict(told) == {
            text: hmac.new(key, text.encode(), "sha256").hexdigest()[:32] for text in ("what do ya want for nothing?", "Élodie")
        }
    known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"  # RFC 4231, test case 2
    told = store.rows(texts.filter(texts.a != "Élodie").select(h=hmac_sha256(texts.a, b"Jefe")))
    assert told == [(known[:32],)]


def test_a_file_of_hashes_holds_no_name_and_not_the_order_of_the_source(hashed):
    text = hashed.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == heads(KEY) and len(rows) == 1 + 60 + 30 + 3
    assert "NOM" not in text.upper() and "courriel" not in text and "1955" not in text.replace(",", " ").split()
    assert all(set(cell) <= set("0123456789abcdef") for row in rows[1:] for cell in row)
    assert [row[1] for row in rows[1:]] == sorted(row[1] for row in rows[1:])


def test_hashes_tell_what_the_lists_themselves_tell(files, hashed, store):
    leak, earlier, _ = files
    (plain,) = answer(store, Question(today=DAY, others=(Other("earlier", earlier),), files=(leak,)), Watch()).matches
    (secret,) = answer(store, Question(today=DAY, others=(Other("earlier", hashed, KEY),), files=(leak,)), Watch()).matches
    assert plain.confirmed == 62 and plain.ambiguous == 0
    assert (secret.confirmed, secret.ambiguous, secret.not_found, secret.not_leaked) == (plain.confirmed, plain.ambiguous, plain.not_found, plain.not_leaked)  # fmt: skip
    assert secret.new_kinds == plain.new_kinds == ("phone",)
    assert (secret.cumulated.newly, secret.cumulated.sizes) == (plain.cumulated.newly, plain.cumulated.sizes)


def test_what_both_leaks_tell_of_a_person_together(files, store):
    leak, earlier, _ = files
    impact = answer(store, Question(today=DAY, others=(Other("earlier", earlier),), files=(leak,)), Watch())
    found = impact.matches[0].cumulated
    assert found.newly == (("phone", 60),)
    assert found.sizes == ((3, 3, 3, 2), (4, 5, 5, 60))  # the twins have no contact points; the others' phone is new
    assert before_of(store, found, 0, Watch()) == ("last_name", "first_name", "birth_date", "email")
    assert before_of(store, found, 1, Watch()) is None


@pytest.mark.own_store
def test_of_the_other_file_no_table_stays_but_who_is_in_it(files, store):
    leak, earlier, _ = files
    people = answer(store, Question(today=DAY, files=(leak,)), Watch()).people
    before = store.names()
    found = against(store, people, Other("register", earlier), "exact", Watch())
    assert found.confirmed == 62
    assert store.names() - before == {found.table}
    assert set(store.table(found.table).columns) == {"a", "n", "b", "sure", "agree", "differ"}
    found = against(store, people, Other("earlier", earlier), "exact", Watch())
    assert store.names() - before == {found.cumulated.table, found.table}


@pytest.mark.parametrize(
    ("given", "said"), [("key", "another key"), ("form", "another version"), ("plain", "holds no hashes"), ("short", "too short")]
)
def test_hashes_that_cannot_be_compared_are_one_sentence(given, said, files, hashed, tmp_path, capsys):
    leak, earlier, key = files
    other, mine = tmp_path / "other.csv", tmp_path / "mine.txt"
    text = hashed.read_text(encoding="utf-8")
    other.write_text(text.replace("ampleur-hashes-1/", "ampleur-hashes-1/0") if given == "form" else text, encoding="utf-8")
    mine.write_text("another-key-of-nobody" if given == "key" else "short")
    status = run(["--lang", "en", "analyze", str(leak), "--earlier", str(earlier if given == "plain" else other),
                  "--key", str(mine if given in ("key", "short") else key)])  # fmt: skip
    told = capsys.readouterr().err.strip().splitlines()[-1]
    assert status == (2 if given == "short" else 3) and said in told


def test_a_key_is_drawn_where_there_is_none_for_its_owner_alone(files, tmp_path, capsys):
    _, earlier, _ = files
    key, out = tmp_path / "new.key", tmp_path / "out.csv"
    assert run(["--lang", "en", "hash", str(earlier), "--key", str(key), "--out", str(out)]) == 0
    assert key.stat().st_mode & 0o777 == 0o600 and len(key.read_text().strip()) == 64
    assert "A new key was written to new.key" in capsys.readouterr().out
    first = out.read_text()
    assert run(["--lang", "en", "hash", str(earlier), "--key", str(key), "--out", str(out)]) == 0
    assert out.read_text() == first


def test_the_command_line_writes_the_comparison_as_json(files, hashed, tmp_path):
    leak, _, key = files
    out = tmp_path / "a.json"
    assert run(["analyze", str(leak), "--earlier", str(hashed), "--key", str(key), "--json", str(out)]) == 0
    told = json.loads(out.read_text())["matches"]["earlier"]
    assert told["confirmed"] == 62 and told["cumulated"]["newly"] == {"phone": 60}
    assert told["cumulated"]["kinds_per_person"][-1] == {"before": 4, "now": 5, "together": 5, "persons": 60}
    assert len(HASHED) == 8
