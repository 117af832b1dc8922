"""The command line as a whole process: exit statuses, one sentence, no Qt, no network, nothing left behind."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import CANARY, SAMPLE, TEMPLATE, TOP


def ampleur(*words, home, check=False, before=()):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "fr_FR.UTF-8",
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(home),
    }
    command = [*before, sys.executable, str(TOP / "main.py"), *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=check, cwd=home, timeout=120)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def few(tmp_path):
    """The first 300 patients of the sample: enough for every step of an analysis, the model's too."""
    path = tmp_path / "few.csv"
    path.write_text("".join(SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)[:301]), encoding="utf-8")
    return path


def left(home):
    """Files that a run left in the home and temporary folders (matplotlib's font cache is harmless)."""
    return [path for path in home.rglob("*") if path.is_file() and "matplotlib" not in str(path)]


def test_a_whole_analysis_from_the_command_line(home, tmp_path):
    out = tmp_path / "out"
    done = ampleur(
        "analyze",
        SAMPLE,
        "--incident",
        TEMPLATE,
        "--json",
        out / "a.json",
        "--excel",
        out / "s.xlsx",  # which counts whom few fields single out
        "--charts",
        out / "c",
        home=home,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads((out / "a.json").read_text(encoding="utf-8"))
    assert found["leak"]["rows"] == 5000
    assert found["impact"]["band"] == "very_high" and found["impact"]["singling_out"]["attackers"]["neighbor"]["steps"]
    assert "personnes" in done.stdout and "très élevée" in done.stdout.lower()
    assert (out / "s.xlsx").exists() and len(list((out / "c").iterdir())) == 14
    assert left(home) == []


def test_the_interface_speaks_the_language_asked_for(home):
    assert "personnes" in ampleur("analyze", SAMPLE, "--link", "exact", home=home).stdout
    assert "people" in ampleur("analyze", SAMPLE, "--link", "exact", "--lang", "en", home=home).stdout


def test_no_qt_is_imported_and_no_pandas_on_the_way_to_json(home):
    code = f"import sys; sys.argv = ['x']; sys.path.insert(0, {str(TOP)!r}); from analysis.command.door import run; run(['analyze', {str(SAMPLE)!r}, '--link', 'exact']); print([m for m in ('PySide6', 'pandas', 'matplotlib', 'openpyxl') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "HOME": str(home)}, timeout=120
    )
    assert done.stdout.strip().endswith("[]"), done.stdout[-300:] + done.stderr[-300:]


BAD = {
    "missing": None, "empty": b"", "binary": bytes(range(256)) * 50, "zip": b"PK\x03\x04" + b"x" * 50,
    "truncated": ("nom;prenom\n" + f"{CANARY};x\n" * 30).encode("utf-16")[:-1],
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_ends_with_three_and_one_sentence(home, tmp_path, kind):
    path = tmp_path / f"{CANARY}.csv"
    if BAD[kind] is not None:
        path.write_bytes(BAD[kind])
    done = ampleur("analyze", path, "--json", tmp_path / "a.json", home=home)
    assert done.returncode == 3
    assert done.stderr.startswith("Ampleur : ") and done.stderr.count("\n") == 1
    assert CANARY not in done.stderr + done.stdout
    assert not (tmp_path / "a.json").exists()
    assert left(home) == []


@pytest.mark.parametrize(
    "words",
    [[], ["analyze"], ["analyze", "x", "--colour"], ["synth", "--patients", "0", "--out", "x.csv"], ["synth", "--out", "x.doc"]],
)
def test_wrong_arguments_end_with_two_and_one_sentence(home, words):
    if not words:
        words = ["analyze", "--lang", "xx", "x"]
    done = ampleur(*words, home=home)
    assert done.returncode == 2
    assert done.stderr.startswith("Ampleur : ") and done.stderr.count("\n") == 1


def test_a_wrong_incident_names_its_key(home, tmp_path):
    (tmp_path / "i.toml").write_text('nature = "moon"\n')
    done = ampleur("analyze", SAMPLE, "--incident", tmp_path / "i.toml", home=home)
    assert done.returncode == 2 and "nature" in done.stderr


def test_an_output_that_cannot_be_written_is_a_sentence(home, tmp_path):
    (tmp_path / "file").write_text("x")
    done = ampleur("analyze", SAMPLE, "--link", "exact", "--json", tmp_path / "file" / "a.json", home=home)
    assert done.returncode == 3 and done.stderr.count("\n") == 1


def test_the_terminal_is_sent_no_control_sign_of_the_leak(home, tmp_path):
    path = tmp_path / "leak.csv"
    path.write_text("email\x1b]52;c;aGk=\x07;nom[red]\u202e\n" + "".join(f"a{at}@b.example;DUPONT\n" for at in range(30)))
    done = ampleur("analyze", path, home=home)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout and "\x07" not in done.stdout


@pytest.mark.skipif(
    not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode != 0,
    reason="no namespaces here",
)
def test_the_analysis_works_where_there_is_no_network_at_all(few, home):
    assert ampleur("analyze", few, home=home, before=["unshare", "-rn"]).returncode == 0


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_no_socket_of_the_internet_is_ever_opened(few, home, tmp_path):
    trace = tmp_path / "net.txt"
    done = ampleur("analyze", few, home=home, before=["strace", "-f", "-e", "trace=network", "-o", str(trace)])
    assert done.returncode == 0
    assert "AF_INET" not in trace.read_text()


def test_no_socket_is_opened_by_python(home):
    code = f"""import sys
sys.path.insert(0, {str(TOP)!r})
seen = []
sys.addaudithook(lambda event, values: seen.append(event) if event.startswith("socket.") else None)
from analysis.command.door import run
assert run(["analyze", {str(SAMPLE)!r}, "--link", "exact"]) == 0
print("SEEN", seen)"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "HOME": str(home)}, timeout=120
    )
    assert "SEEN []" in done.stdout, done.stderr[-500:]


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(home, tmp_path):
    slow, plain, out = tmp_path / "slow.csv", tmp_path / "plain.csv", tmp_path / "o.jsonl"
    slow.write_text("id;nom\n" + "".join(f"{at};N{at}\n" for at in range(600_000)))
    plain.write_text("id;nom\n1;A\n2;B\n")
    ampleur("inspect", slow, plain, "--json", out, "--timeout-per-file", "0.05", home=home)
    first, second = map(json.loads, out.read_text().splitlines())
    assert first["error"]["code"] == "timeout"
    assert second["file"] == str(plain)


def test_many_files_are_classified_one_json_line_each(home, tmp_path):
    first, broken, out = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "o.jsonl"
    first.write_text("nom;prenom;mel\n" + "".join(f"DUPONT;Zoé;p{at}@courriel.example\n" for at in range(30)))
    broken.write_text("")
    done = ampleur("classify", first, broken, first, "--json", out, home=home)
    assert done.returncode == 0
    told, error, again = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert [field["kind"] for field in told["fields"]] == ["last_name", "first_name", "email"]
    assert told["fields"][2]["position"] == 3 and told["fields"][2]["reasons"]
    assert error["error"]["code"] == "empty"
    assert again["fields"] == told["fields"]


def test_a_correction_is_remembered_and_what_differs_is_told(home, tmp_path):
    path, case, found = tmp_path / "leak.csv", tmp_path / "mine.ampleur", tmp_path / "found.json"
    path.write_text(
        "nom;prenom;x\n" + "".join(f"DUPONT{'ABCDE'[at % 5]};Jeanne;{CANARY}{at}\n" for at in range(30)), encoding="utf-8"
    )
    assert ampleur("analyze", path, "--case", case, home=home).returncode == 0
    assert CANARY not in case.read_text()
    remembered = json.loads(case.read_text())
    remembered["tables"][0]["corrected"] = [[2, "username"]]
    remembered["tables"][0]["kinds"][1] = [1, "last_name"]
    remembered["incident"] = {"nature": "hospital", "disclosure": "unknown"}
    case.write_text(json.dumps(remembered))
    assert ampleur("--lang", "en", "analyze", path, "--case", case, "--json", found, home=home).returncode == 0
    fields = json.loads(found.read_text())["fields"]
    assert (fields[2]["kind"], fields[2]["confidence"]) == ("username", 1.0)
    assert "the case file had: Last name" in fields[1]["against"]
    assert json.loads(found.read_text())["incident"]["nature"] == "hospital"
    again = json.loads(case.read_text())
    assert again["tables"][0]["kinds"][1] == [1, "first_name"] and again["incident"] == remembered["incident"]
    assert again["sources"] == ["leak.csv"]
    alone = ampleur("--lang", "en", "analyze", case, home=home)
    assert alone.returncode == 2 and "case file" in alone.stderr
    other = tmp_path / "other.csv"
    other.write_text("nom;prenom\nDUPONT;Jeanne\n", encoding="utf-8")
    refused = ampleur("--lang", "en", "analyze", other, "--case", case, home=home)
    assert refused.returncode == 3 and "another leak" in refused.stderr
    case.write_text("[]")
    assert ampleur("--lang", "en", "analyze", path, "--case", case, home=home).returncode == 2


def test_how_well_rows_hide_among_each_other_is_told_file_by_file(home, tmp_path):
    path, out = tmp_path / "leak.csv", tmp_path / "a.jsonl"
    path.write_text("ville;sexe;service\n" + "Lyon;F;onco\nLyon;F;cardio\n" * 3 + "Nice;M;onco\n" * 4, encoding="utf-8")
    done = ampleur(
        "anonymity",
        path,
        path.with_name("none.csv"),
        "--by",
        "ville,2",
        "--sensitive",
        "SERVICE",
        "--header",
        "yes",
        "--json",
        out,
        home=home,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found, missing = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (found["by"], found["rows"], found["classes"], found["k"]) == (["ville", "sexe"], 10, 2, 4)
    assert (found["diversity"]["distinct_l"], found["diversity"]["recursive_c"], found["diversity"]["alpha"]) == (1, None, 1.0)
    assert missing["error"]["code"]
    people = tmp_path / "people.csv"
    people.write_text(
        "id;Sexe;Ville\n" + "".join(f"{at};F;Lyon\n" for at in range(60)) + "".join(f"{at};M;Nice\n" for at in range(8)),
        encoding="utf-8",
    )
    shown = json.loads(
        ampleur("anonymity", path, "--by", "ville,sexe", "--header", "yes", "--population", people, home=home).stdout
    )
    told = shown["attackers"]
    assert told["population"] == {"file": str(people), "people": 68, "rows_with_fewer_there": 0}
    assert told["journalist"] == {"at_risk": 0.0, "highest": 1 / 8, "average": pytest.approx((6 / 60 + 4 / 8) / 10)}
    assert told["marketer"]["average"] == pytest.approx(0.06) and told["prosecutor"]["highest"] == 0.25
    wrong = json.loads(ampleur("anonymity", path, "--by", "adresse", "--header", "yes", home=home).stdout)
    assert "adresse" in wrong["error"]["message"]
    assert left(home) == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("analyse", "x.csv"), "did you mean analyze?"),
        (("shoes",), "no command and no file shoes"),
        (("analyze",), "FILE"),
        (("analyze", "x", "--link", "maybe"), "--link may not be maybe"),
        (("trace", "x", "--row", "q"), "--row"),
        (("analyze", "x", "--shoes"), "--shoes"),
    ],
)
def test_a_mistake_on_the_command_line_names_what_is_wrong(arguments, named, home):
    done = ampleur("--lang", "en", *arguments, home=home)
    assert done.returncode == 2 and named in done.stderr and done.stderr.count("\n") == 1


def test_the_version_is_told(home):
    done = ampleur("--version", home=home)
    assert (done.returncode, done.stdout) == (0, "Ampleur 0.1.0\n")


def test_only_a_part_of_the_people_is_told_and_the_document_says_so(home, tmp_path):
    path, out = tmp_path / "leak.csv", tmp_path / "out.json"
    path.write_text(
        "nom;prenom;naissance\n" + "".join(f"FICTIF{'ABCDEFGHIJ'[at % 10]};Jeanne;01/02/{1950 + 2 * at}\n" for at in range(35)),
        encoding="utf-8",
    )
    assert ampleur("analyze", path, "--only", "minor", "--json", out, home=home).returncode == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["only"]["parts"] == ["minor"] and found["only"]["people_in_all"] == 35 > found["people"]["best"] > 0
    refused = ampleur("--lang", "en", "analyze", path, "--only", "shoes", home=home)
    assert refused.returncode == 2 and "shoes" in refused.stderr


def test_what_is_handed_over_is_written_and_lists_need_a_passphrase(home, tmp_path):
    path, out, secret = tmp_path / "leak.csv", tmp_path / "out", tmp_path / "secret.txt"
    path.write_text(
        "nom;prenom;email\n" + "".join(f"FICTIF{'ABCDEFGHIJ'[at % 10]};Jeanne;fictif{at}@exemple.invalid\n" for at in range(30)),
        encoding="utf-8",
    )
    refused = ampleur("--lang", "en", "report", path, "--to", out, "--lists", home=home)
    assert refused.returncode == 2 and "--passphrase-file" in refused.stderr and not out.exists()
    secret.write_text("quatre mots au hasard\n", encoding="utf-8")
    done = ampleur("--lang", "en", "report", path, "--to", out, "--lists", "--passphrase-file", secret, home=home)
    assert done.returncode == 0 and "The lists tell 30 people; 0 cannot be told by them." in done.stdout
    assert sorted(item.name for item in out.iterdir()) == ["analysis.json", "lists.zip", "summary.xlsx"]
    leak = out / "analysis.json"
    leak.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    over = ampleur("--lang", "en", "report", leak, "--to", out, home=home)
    assert over.returncode == 2 and leak.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
