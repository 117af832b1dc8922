"""Lists that came back: whom they reached, and by what the others are told next; counted from the lists themselves."""

import csv
import io
import json
from collections import Counter

import pytest

from analysis.command.door import run
from analysis.declare.question import Question
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model.codes import Channel
from analysis.pipeline import answer, came_back
from analysis.report import write_lists
from analysis.report.returned import DELIVERED, FAILED, SENT, state_of

NAMES = [f"Fictif{chr(97 + at)}" for at in range(20)]


def leak_of(tmp_path):
    """Twenty people: an e-mail each, a mobile of every second, an address of every third."""
    rows = [
        f"{name};Anne;0{at % 9 + 1}/03/19{at + 40};{name.lower()}@exemple.invalid;{f'063998{at:04d}' if at % 2 else ''};"
        f"{f'{at} rue Fictive' if at % 3 == 0 else ''};{'75011;Paris' if at % 3 == 0 else ';'}"
        for at, name in enumerate(NAMES)
    ]
    path = tmp_path / "leak.csv"
    path.write_text("\n".join(["nom;prenom;naissance;email;telephone;adresse;cp;ville", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def told(store, tmp_path):
    impact = answer(store, Question(files=(leak_of(tmp_path),)), Watch())
    write_lists(store, impact, tmp_path / "first", Words("fr"), Watch(), None)
    return store, impact, rows_of(tmp_path / "first" / "1-email.csv")


def rows_of(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def returned(tmp_path, head, rows, name="returned.csv", delimiter=","):
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([head, *rows])
    return path


def again(store, impact, tmp_path, *paths, to="second"):
    with store.scratch():
        handed = write_lists(store, impact, tmp_path / to, Words("fr"), Watch(), None, back=came_back(store, paths, Watch()))
    lists = {item.name[2:-4]: rows_of(item)[1:] for item in (tmp_path / to).iterdir() if item.name[0] != "0"}
    return handed, lists


def test_whom_the_mails_did_not_reach_gets_the_next_channel(told, tmp_path):
    store, impact, (head, *rows) = told
    assert len(rows) == 20
    states = [
        "delivered" if at % 4 == 0 else "hard bounce" if at % 4 == 1 else "sent" if at % 4 == 2 else "Non distribué"
        for at in range(20)
    ]
    path = returned(tmp_path, [*head, "Statut"], [[*row, state] for row, state in zip(rows, states, strict=True)])
    handed, lists = again(store, impact, tmp_path, path)
    back = [at for at in range(20) if at % 2]  # every second, all of them with a mobile
    assert {row[4] for row in lists["sms"]} == {NAMES[at] for at in back}
    assert not lists["email"] and not lists["post"] and not lists["none"]
    assert dict(handed.back.reached) == {Channel.EMAIL: 10} and dict(handed.back.failed) == {Channel.EMAIL: 10}
    assert (handed.back.told, handed.back.again, handed.back.lost, handed.back.strange, handed.back.unknown) == (10, 10, 0, 0, ())
    # the second round: half of the messages fail, too
    second = rows_of(tmp_path / "second" / "2-sms.csv")
    other = returned(
        tmp_path,
        [*second[0], "état"],
        [[*row, "échec" if at % 2 else "remis"] for at, row in enumerate(second[1:])],
        "sms.csv",
        ";",
    )
    handed, lists = again(store, impact, tmp_path, path, other, to="third")
    lost = [at for count, at in enumerate(back) if count % 2]
    assert {row[4] for row in lists["post"]} == {NAMES[at] for at in lost if at % 3 == 0}
    assert {row[4] for row in lists["none"]} == {NAMES[at] for at in lost if at % 3}
    assert all(row[-1] == "tout ce qui a été envoyé est revenu" for row in lists["none"])
    assert handed.back.told == 20 - len(lost) and handed.back.again + handed.back.lost == len(lost)


def test_a_list_without_what_came_of_it_is_one_of_those_that_came_back(told, tmp_path):
    store, impact, (head, *rows) = told
    handed, lists = again(store, impact, tmp_path, returned(tmp_path, head, rows[:4]))
    assert dict(handed.back.failed) == {Channel.EMAIL: 4} and handed.back.told == 0
    assert sum(map(len, lists.values())) == 4


def test_addresses_alone_are_enough_and_who_is_nobody_is_counted(told, tmp_path):
    store, impact, (head, *rows) = told
    mails = [row[head.index("E-mail")] for row in rows]
    path = returned(
        tmp_path,
        ["recipient", "event"],
        [
            *[[mail.upper(), "Bounced"] for mail in mails[:6]],
            ["autre@exemple.invalid", "bounced"],
            [mails[9], "delivered"],
            [mails[9], "bounced"],
            [mails[10], "purple"],
        ],
    )
    handed, lists = again(store, impact, tmp_path, path)
    assert handed.back.strange == 1 and handed.back.unknown == ("purple",)
    assert handed.back.told == 2 and handed.back.again + handed.back.lost == 6  # what arrived arrived, whatever came later
    assert Counter(map(len, [rows for rows in lists.values() if rows])).total() >= 1


def test_a_list_of_nobody_is_refused_in_a_sentence(told, tmp_path):
    store, impact, _ = told
    path = returned(tmp_path, ["couleur", "taille"], [["bleu", "1"], ["vert", "2"]])
    with store.scratch(), pytest.raises(Trouble) as refused:
        write_lists(store, impact, tmp_path / "second", Words("fr"), Watch(), None, back=came_back(store, (path,), Watch()))
    assert refused.value.code == "returned" and not (tmp_path / "second").exists()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Delivered", DELIVERED),
        ("not delivered", FAILED),
        ("NPAI", FAILED),
        ("Destinataire inconnu à l’adresse", FAILED),
        ("Non distribué", FAILED),
        ("distribué le 3 mars", DELIVERED),
        ("envoyé", SENT),
        ("hard-bounce (5.1.1)", FAILED),
        ("Remis contre signature", DELIVERED),
        ("non remis", FAILED),
        ("purple", None),
        ("", None),
    ],
)
def test_what_is_written_beside_a_message_is_understood(text, state):
    assert state_of(text) == state


def test_the_command_line_says_what_came_back_and_leaves_the_returned_list_as_it_was(tmp_path, capsys):
    leak, to = leak_of(tmp_path), tmp_path / "out"
    assert run(["report", str(leak), "--to", str(to), "--lists", "--in-clear", "--formats", "txt", "--lang", "en"]) == 0
    head, *rows = rows_of(to / "lists" / "1-email.csv")
    path = returned(tmp_path, [*head, "status"], [[*row, "bounced" if at < 5 else "delivered"] for at, row in enumerate(rows)])
    before = path.read_bytes()
    capsys.readouterr()
    again_to, incident = tmp_path / "again", tmp_path / "incident.toml"
    incident.write_text('controller = "Fictif"\ninformed = 2024-11-21\n', encoding="utf-8")
    told = [
        "report",
        str(leak),
        "--to",
        str(again_to),
        "--lists",
        "--in-clear",
        "--returned",
        str(path),
        "--formats",
        "txt",
        "--lang",
        "en",
        "--authority",
        "edpb",
        "--incident",
        str(incident),
    ]
    assert run(told) == 0
    out = capsys.readouterr().out
    form = json.loads((again_to / "edpb.json").read_text(encoding="utf-8"))
    assert form["field_102"] == "b" and "Messages reached 15 of 20 people" in form["field_103"] and form["field_104"] == "a"
    assert "15 people were reached by the lists that came back." in out and "Of 5 whom nothing reached, " in out
    assert path.read_bytes() == before
    assert run(["report", str(leak), "--to", str(tmp_path / "x"), "--returned", str(path), "--formats", "txt"]) == 2
