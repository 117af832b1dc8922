"""What refers to what: as the source declares it, whatever its names are, and as a person corrects it."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import read
from analysis.declare.dossier import Dossier, load_dossier, save_dossier
from analysis.formats.sqlkeys import constraints, foreign_of
from analysis.formats.sqlwords import parts_of
from analysis.ground.errors import Trouble
from analysis.ground.watch import Watch
from analysis.model import Case
from analysis.model.codes import KeyEvidence
from analysis.store import Store
from bench.linkage.layouts import appointments
from tests.analysis.resolve.test_roles import counted

BUYERS = [("Zoé", "Essai", "1970-03-01"), ("Ugo", "Témoin", "1981-04-12"), ("Léa", "Fictive", "1990-11-30")]
BOUGHT = (1, 1, 2, 3, 2, 1)


def script(declared: str, later: str = "") -> str:
    people = ", ".join(f"({at}, '{first}', '{last}', '{born}')" for at, (first, last, born) in enumerate(BUYERS, 1))
    bought = ", ".join(f"({at}, {whose}, 'lampe {at}')" for at, whose in enumerate(BOUGHT, 1))
    return (
        "CREATE TABLE personne (repere int PRIMARY KEY, prenom varchar(40), nom varchar(40), date_naissance date);\n"
        f"INSERT INTO personne (repere, prenom, nom, date_naissance) VALUES {people};\n"
        f"CREATE TABLE vente (suite int PRIMARY KEY, acheteur int{declared}, objet varchar(40));\n"
        f"INSERT INTO vente (suite, acheteur, objet) VALUES {bought};\n{later}"
    )


DECLARED = {
    "behind the column": script(" NOT NULL REFERENCES personne (repere) ON DELETE CASCADE"),
    "without a column": script(" REFERENCES personne"),
    "a constraint": script("").replace(
        "objet varchar(40))", "objet varchar(40), CONSTRAINT fk FOREIGN KEY (acheteur) REFERENCES personne (repere))"
    ),
    "added later": script("", "ALTER TABLE ONLY public.vente\n  ADD CONSTRAINT a FOREIGN KEY (acheteur) REFERENCES public.personne(repere);"),
    "in brackets": script(
        "", "ALTER TABLE [dbo].[vente] WITH CHECK ADD CONSTRAINT [a] FOREIGN KEY([acheteur]) REFERENCES [dbo].[personne] ([repere]);"
    ),
    "in quotation marks": script("").replace(
        "objet varchar(40))", 'objet varchar(40), KEY `k` (`acheteur`), CONSTRAINT `c` FOREIGN KEY (`acheteur`) REFERENCES `personne` (`repere`))'
    ),
}  # fmt: skip


def keys_of(path: Path) -> list[tuple[str, str, KeyEvidence]]:
    store = Store()
    leak = read.read(store, path, Watch())
    found = [(key.left.rpartition("/")[2], key.name, key.evidence) for key in read.keys(store, leak, Watch())]
    store.close()
    return found


@pytest.mark.parametrize("text", DECLARED.values(), ids=DECLARED)
def test_what_the_source_declares_refers_whatever_its_name(text: str, tmp_path: Path) -> None:
    (path := tmp_path / "boutique.sql").write_text(text, encoding="utf-8")
    assert keys_of(path) == [("vente", "acheteur", KeyEvidence.DECLARED)]


def test_rows_belong_to_those_to_whom_the_source_says_that_they_refer(tmp_path: Path) -> None:
    (path := tmp_path / "boutique.sql").write_text(DECLARED["a constraint"], encoding="utf-8")
    assert counted(path).best == 3


def test_a_database_declares_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "boutique.db"
    with sqlite3.connect(path) as database:
        database.executescript(DECLARED["without a column"])
    database.close()
    assert keys_of(path) == [("vente", "acheteur", KeyEvidence.DECLARED)]


def test_keys_of_several_columns_and_of_tables_that_are_not_there_are_none(tmp_path: Path) -> None:
    text = script(" REFERENCES ailleurs (x)").replace(
        "objet varchar(40))", "FOREIGN KEY (suite, acheteur) REFERENCES personne (a, b))"
    )
    (path := tmp_path / "boutique.sql").write_text(text, encoding="utf-8")
    assert keys_of(path) == []


@pytest.mark.parametrize(
    ("definition", "found"),
    [
        ("a int, b int references t(c)", [("b", "t", "c")]),
        ('"a b" int REFERENCES "S"."T" ("c d") MATCH SIMPLE', [("a b", "T", "c d")]),
        ("note text DEFAULT 'x REFERENCES t (c)'", []),
        ("a int, foreign key (a) references t", [("a", "t", "")]),
        ("a int CHECK (a > 0), primary key (a)", []),
    ],
)
def test_definitions_name_what_they_refer_to(definition: str, found: list) -> None:
    parts = parts_of(definition + ")", 0, backslash=False)
    assert parts is not None
    assert foreign_of(parts[0]) == found


def test_rows_may_name_other_columns_than_their_table_in_another_order(tmp_path: Path) -> None:
    text = script("").replace("objet varchar(40))", "montant int)")
    (path := tmp_path / "boutique.sql").write_text(
        text.replace("(suite, acheteur, objet)", "(objet, suite, acheteur)"), encoding="utf-8"
    )
    store = Store()
    sheet = next(sheet for sheet in read.read(store, path, Watch()).sheets if sheet.name == "vente")
    assert dict(zip(sheet.columns, sheet.types, strict=True)) == {"objet": "", "suite": "int", "acheteur": "int"}
    store.close()


def test_a_hundred_thousand_signs_of_a_constraint_take_no_time() -> None:
    assert constraints("FOREIGN KEY " * 10_000 + "(" * 50_000 + " " * 50_000) == []


def test_a_person_says_what_a_column_refers_to(tmp_path: Path) -> None:
    (path := tmp_path / "boutique.sql").write_text(script(""), encoding="utf-8")
    known = counted(path).exposure
    names = {sheet.name.rpartition("/")[2]: sheet.name for sheet in known.leak.sheets}
    said = known.case.with_relation((names["vente"], 1, names["personne"], 0))
    corrected = counted(path, cases=(said,)).exposure
    assert [(key.left_column, key.right_column, key.evidence, key.share) for key in corrected.keys] == [
        (1, 0, KeyEvidence.BY_HAND, 1.0)
    ]
    denied = counted(path, cases=(said.with_relation((names["vente"], 1, "", 0)),)).exposure
    assert denied.keys == ()


@pytest.mark.parametrize("relation", [("vente", 99, "personne", 0), ("vente", 1, "vente", 0), ("nulle part", 0, "personne", 0)])
def test_a_relation_of_what_is_not_there_is_nothing(relation: tuple, tmp_path: Path) -> None:
    (path := tmp_path / "boutique.sql").write_text(script(""), encoding="utf-8")
    store = Store()
    leak = read.read(store, path, Watch())
    names = {sheet.name.rpartition("/")[2]: sheet.name for sheet in leak.sheets}
    told = (names.get(relation[0], relation[0]), relation[1], names.get(relation[2], relation[2]), relation[3])
    assert read.corrected(store, leak, (), (told,), Watch()) == ()
    store.close()


def test_the_case_keeps_what_was_said_of_relations(tmp_path: Path) -> None:
    case = (
        Case("ab" * 32, reviewed=(("same", 1, 2),)).with_relation(("vente", 1, "personne", 0)).with_relation(("vente", 1, "", 0))
    )
    save_dossier(Dossier(cases=(case,)), tmp_path / "a.ampleur")
    assert load_dossier(tmp_path / "a.ampleur").cases[0] == case
    save_dossier(Dossier(cases=(replace(case, relations=(("vente", -1, "", 0),)),)), tmp_path / "b.ampleur")
    with pytest.raises(Trouble):
        load_dossier(tmp_path / "b.ampleur").cases[0]


@pytest.mark.parametrize("table", ["appointments", "doctors"])
def test_whichever_table_is_looked_at_the_same_people_are_counted(table: str, tmp_path: Path) -> None:
    layout = appointments(tmp_path, 5)
    store = Store()
    names = {sheet.name.rpartition("/")[2]: sheet.name for sheet in read.read(store, layout.path, Watch()).sheets}
    store.close()
    people = counted(layout.path, table=names[table])
    assert people.exposure.leak.sheet.name == names[table] and people.best == 412


def test_what_is_kept_of_a_case_stays_when_the_leak_is_read_again(tmp_path: Path) -> None:
    (path := tmp_path / "boutique.sql").write_text(script(""), encoding="utf-8")
    case = replace(counted(path).exposure.case, reviewed=(("same", 0, 1),), left_out=("vente",), relations=(("vente", 1, "", 0),))
    assert counted(path, cases=(case,)).exposure.case == case


def test_the_relations_are_told_of_two_joined_tables_too(tmp_path: Path) -> None:
    (path := tmp_path / "boutique.sql").write_text(DECLARED["a constraint"], encoding="utf-8")
    (key,) = counted(path).exposure.keys
    assert counted(path, table=key).exposure.keys[0].evidence is KeyEvidence.DECLARED
