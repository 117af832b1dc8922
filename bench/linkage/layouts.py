"""A seed in, invented files out in which other people stand beside the subjects: as columns of their own, as further columns of
one kind, as rows of another table; with the number of persons of each role."""

import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LAST = ("Abadine", "Brivoux", "Cormelet", "Dauvignac", "Estrabel", "Fauchelier", "Gravoul", "Hautefage", "Issarlac", "Jolimond",
        "Kerbavel", "Lanquetot", "Maubrigny", "Noirfond", "Orvilleau", "Pechabot", "Quintrec", "Rochemole", "Sauvestre", "Tourmignac")  # fmt: skip
FIRST = ("Alice", "Bruno", "Chloé", "Denis", "Elsa", "Fabrice", "Gaëlle", "Hugo", "Inès", "Julien", "Karine", "Louis", "Manon", "Nicolas",
         "Océane", "Paul", "Quentin", "Rose", "Simon", "Thérèse")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Human:
    """A fictional person."""

    number: int
    last: str
    first: str
    born: str
    sex: str
    phone: str
    email: str
    street: str
    postal: str
    town: str

    @property
    def full(self) -> str:
        return f"{self.last.upper()} {self.first}"


@dataclass(frozen=True, slots=True)
class Layout:
    """A file, `truth`: how many persons have each role."""

    name: str
    path: Path
    truth: dict[str, int]


class Crowd:
    """Invented people, no two of one name, phone or mailbox."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.made = 0

    def one(self) -> Human:
        at, rng = self.made, self.rng
        self.made += 1
        last = LAST[at % 20] + ("", "-" + LAST[(at // 20 + 7) % 20])[at // 400 % 2]
        first = FIRST[at // 20 % 20] + ("", "-" + FIRST[(at // 400 + 3) % 20])[at // 800 % 2]
        born = f"{rng.randrange(1, 29):02d}/{rng.randrange(1, 13):02d}/{rng.randrange(1935, 2006)}"
        mail = (
            f"{first}.{last}{at}@courriel.example".lower().replace("é", "e").replace("è", "e").replace("ë", "e").replace("ï", "i")
        )
        town = rng.choice(
            (("75011", "Paris"), ("69003", "Lyon"), ("33000", "Bordeaux"), ("59000", "Lille"), ("13001", "Marseille"))
        )
        return Human(
            at,
            last,
            first,
            born,
            rng.choice("FM"),
            f"06{rng.randrange(10**8):08d}",
            mail,
            f"{rng.randrange(1, 99)} rue des Lilas",
            *town,
        )

    def some(self, count: int) -> list[Human]:
        return [self.one() for _ in range(count)]


def table(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [";".join(head), *(";".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


# What stands of a person, and how it is called.
Part = Callable[[Human], str]
PARTS: dict[str, Part] = {
    "last": lambda p: p.last.upper(),
    "first": lambda p: p.first,
    "full": lambda p: p.full,
    "born": lambda p: p.born,
    "sex": lambda p: p.sex,
    "phone": lambda p: p.phone,
    "email": lambda p: p.email,
    "street": lambda p: p.street,
    "postal": lambda p: p.postal,
    "town": lambda p: p.town,
    "dr": lambda p: f"Dr {p.first} {p.last}",
}

# name: columns as (header, person, part); people: 0 is the subject, each other one the role and how many different there are (0: one per row).
Wide = tuple[str, tuple[tuple[str, int, str], ...], tuple[tuple[str, int], ...]]
WIDE: tuple[Wide, ...] = (
    ("fr_confiance", (("NOM", 0, "last"), ("PRENOM", 0, "first"), ("DATE_NAISSANCE", 0, "born"), ("TEL", 0, "phone"), ("PERSONNE_CONFIANCE_NOM", 1, "last"), ("PERSONNE_CONFIANCE_PRENOM", 1, "first"), ("PERSONNE_CONFIANCE_TEL", 1, "phone")), (("trusted", 0),)),
    ("fr_prevenir_plein", (("Nom", 0, "last"), ("Prénom", 0, "first"), ("Né(e) le", 0, "born"), ("Téléphone", 0, "phone"), ("Personne à prévenir", 1, "full"), ("Tél personne à prévenir", 1, "phone")), (("to_warn", 0),)),
    ("fr_medecin", (("nom", 0, "last"), ("prenom", 0, "first"), ("ddn", 0, "born"), ("email", 0, "email"), ("medecin_traitant", 1, "dr")), (("professional", 12),)),
    ("fr_tout", (("NOM_NAISSANCE", 0, "last"), ("PRENOM", 0, "first"), ("DDN", 0, "born"), ("SEXE", 0, "sex"), ("ADRESSE", 0, "street"), ("CP", 0, "postal"), ("VILLE", 0, "town"), ("PORTABLE", 0, "phone"), ("PAP_NOM", 1, "last"), ("PAP_PRENOM", 1, "first"), ("PAP_TEL", 1, "phone"), ("PDC_NOM", 2, "last"), ("PDC_PRENOM", 2, "first"), ("PDC_TEL", 2, "phone"), ("MEDECIN_TRAITANT", 3, "dr")), (("to_warn", 0), ("trusted", 0), ("professional", 9))),
    ("fr_parents", (("Nom élève", 0, "last"), ("Prénom élève", 0, "first"), ("Date de naissance", 0, "born"), ("Nom du père", 1, "last"), ("Prénom du père", 1, "first"), ("Tél père", 1, "phone"), ("Nom de la mère", 2, "last"), ("Prénom de la mère", 2, "first"), ("Tél mère", 2, "phone")), (("guardian", 0), ("guardian", 0))),
    ("fr_resp_legal", (("eleve_nom", 0, "last"), ("eleve_prenom", 0, "first"), ("eleve_naissance", 0, "born"), ("responsable_legal_nom", 1, "full"), ("responsable_legal_email", 1, "email"), ("responsable_legal_tel", 1, "phone")), (("guardian", 0),)),
    ("fr_assure", (("nom_patient", 0, "last"), ("prenom_patient", 0, "first"), ("date_naissance_patient", 0, "born"), ("nom_assure", 1, "last"), ("prenom_assure", 1, "first"), ("date_naissance_assure", 1, "born")), (("payer", 0),)),
    ("fr_conjoint", (("nom", 0, "last"), ("prenom", 0, "first"), ("naissance", 0, "born"), ("email", 0, "email"), ("conjoint_nom", 1, "last"), ("conjoint_prenom", 1, "first"), ("conjoint_naissance", 1, "born")), (("spouse", 0),)),
    ("fr_suite", (("Nom", 0, "last"), ("Prénom", 0, "first"), ("Date de naissance", 0, "born"), ("Téléphone", 0, "phone"), ("Adresse", 0, "street"), ("Personne de confiance", 1, "full"), ("Téléphone", 1, "phone")), (("trusted", 0),)),
    ("fr_saisi_par", (("client_nom", 0, "last"), ("client_prenom", 0, "first"), ("client_email", 0, "email"), ("client_tel", 0, "phone"), ("saisi_par", 1, "full")), (("staff", 6),)),
    ("en_next_of_kin", (("Surname", 0, "last"), ("Forename", 0, "first"), ("Date of birth", 0, "born"), ("Mobile", 0, "phone"), ("Next of kin name", 1, "full"), ("Next of kin phone", 1, "phone")), (("to_warn", 0),)),
    ("en_emergency", (("patient_last_name", 0, "last"), ("patient_first_name", 0, "first"), ("patient_dob", 0, "born"), ("emergency_contact_last_name", 1, "last"), ("emergency_contact_first_name", 1, "first"), ("emergency_contact_phone", 1, "phone")), (("to_warn", 0),)),
    ("en_gp", (("LastName", 0, "last"), ("FirstName", 0, "first"), ("BirthDate", 0, "born"), ("GPLastName", 1, "last"), ("GPFirstName", 1, "first")), (("professional", 10),)),
    ("en_mother", (("child_last_name", 0, "last"), ("child_first_name", 0, "first"), ("child_dob", 0, "born"), ("mother_name", 1, "full"), ("mother_phone", 1, "phone"), ("father_name", 2, "full"), ("father_phone", 2, "phone")), (("guardian", 0), ("guardian", 0))),
    ("en_guardian_email", (("student_name", 0, "full"), ("student_dob", 0, "born"), ("guardian_email", 1, "email"), ("guardian_phone", 1, "phone")), (("guardian", 0),)),
    ("en_insured", (("member_last", 0, "last"), ("member_first", 0, "first"), ("member_birth_date", 0, "born"), ("policyholder_last", 1, "last"), ("policyholder_first", 1, "first"), ("policyholder_email", 1, "email")), (("payer", 0),)),
    ("en_manager", (("employee_name", 0, "full"), ("employee_email", 0, "email"), ("employee_dob", 0, "born"), ("manager_name", 1, "full"), ("manager_email", 1, "email")), (("staff", 8),)),
    ("en_contacts", (("last_name", 0, "last"), ("first_name", 0, "first"), ("dob", 0, "born"), ("contact1_name", 1, "full"), ("contact1_phone", 1, "phone"), ("contact2_name", 2, "full"), ("contact2_phone", 2, "phone")), (("other", 0), ("other", 0))),
    ("en_doctor", (("patient name", 0, "full"), ("patient email", 0, "email"), ("patient phone", 0, "phone"), ("doctor name", 1, "dr"), ("doctor phone", 1, "phone")), (("professional", 7),)),
    ("de_notfall", (("Nachname", 0, "last"), ("Vorname", 0, "first"), ("Geburtsdatum", 0, "born"), ("Telefon", 0, "phone"), ("Notfallkontakt Name", 1, "full"), ("Notfallkontakt Telefon", 1, "phone")), (("to_warn", 0),)),
    ("de_hausarzt", (("Name", 0, "last"), ("Vorname", 0, "first"), ("Geb.-Datum", 0, "born"), ("E-Mail", 0, "email"), ("Hausarzt", 1, "dr")), (("professional", 11),)),
    ("de_eltern", (("Kind_Nachname", 0, "last"), ("Kind_Vorname", 0, "first"), ("Kind_Geburtsdatum", 0, "born"), ("Mutter_Nachname", 1, "last"), ("Mutter_Vorname", 1, "first"), ("Mutter_Telefon", 1, "phone"), ("Vater_Nachname", 2, "last"), ("Vater_Vorname", 2, "first"), ("Vater_Telefon", 2, "phone")), (("guardian", 0), ("guardian", 0))),
    ("de_versicherter", (("Patient_Nachname", 0, "last"), ("Patient_Vorname", 0, "first"), ("Patient_Geburtsdatum", 0, "born"), ("Versicherungsnehmer_Nachname", 1, "last"), ("Versicherungsnehmer_Vorname", 1, "first"), ("Versicherungsnehmer_Telefon", 1, "phone")), (("payer", 0),)),
    ("repeated", (("nom_1", 0, "last"), ("prenom_1", 0, "first"), ("tel_1", 0, "phone"), ("nom_2", 1, "last"), ("prenom_2", 1, "first"), ("tel_2", 1, "phone")), (("other", 0),)),
)  # fmt: skip


def wide(item: Wide, folder: Path, seed: int, rows: int = 300) -> Layout:
    name, columns, others = item
    crowd = Crowd(seed)
    subjects = crowd.some(rows)
    beside = [crowd.some(count or rows) for _, count in others]
    lines = [
        [PARTS[part](subjects[at] if not who else beside[who - 1][at % len(beside[who - 1])]) for _, who, part in columns]
        for at in range(rows)
    ]
    path = folder / f"{name}.csv"
    table(path, [head for head, *_ in columns], lines)
    truth = {"subject": rows}
    for (role, count), _ in zip(others, beside, strict=True):
        truth[role] = truth.get(role, 0) + (count or rows)
    return Layout(name, path, truth)


def database(path: Path, made: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]]) -> None:
    """Tables of names and rows as an SQLite file."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    for name, (head, rows) in made.items():
        base.execute(f"create table {name} ({', '.join(f'{column} text' for column in head)})")
        base.executemany(f"insert into {name} values ({', '.join('?' * len(head))})", rows)
    base.commit()
    base.close()


def correspondents(folder: Path, seed: int) -> Layout:
    """The tables of a French hospital's software: patients, and people in a relation to them (its public names)."""
    crowd = Crowd(seed)
    patients, others = crowd.some(400), crowd.some(250)
    relations = [("confiance", "prevenir")[at % 2] for at in range(250)]
    rows = [(at + 1, at % 400 + 1, p.last.upper(), p.first, p.phone, relations[at]) for at, p in enumerate(others)]
    path = folder / "correspondents.sqlite"
    database(
        path,
        {
            "patients": (("patient_id", "nom", "prenom", "naissance", "sexe", "ville", "cp", "tel"), [(at + 1, p.last.upper(), p.first, p.born, p.sex, p.town, p.postal, p.phone) for at, p in enumerate(patients)]),
            "correspondant_patient": (("correspondant_patient_id", "patient_id", "nom", "prenom", "tel", "relation"), rows),
        },
    )  # fmt: skip
    return Layout("correspondents", path, {"subject": 400, "trusted": 125, "to_warn": 125})


def appointments(folder: Path, seed: int) -> Layout:
    """Patients, doctors, and appointments that refer to both."""
    crowd = Crowd(seed)
    patients, doctors = crowd.some(400), crowd.some(12)
    rng = random.Random(seed)
    path = folder / "appointments.sqlite"
    database(
        path,
        {
            "patients": (("id", "last_name", "first_name", "birth_date", "phone"), [(at + 1, p.last, p.first, p.born, p.phone) for at, p in enumerate(patients)]),
            "doctors": (("id", "last_name", "first_name", "email"), [(at + 1, p.last, p.first, p.email) for at, p in enumerate(doctors)]),
            "appointments": (("id", "patient_id", "doctor_id", "day", "diagnosis"), [(at + 1, rng.randrange(1, 401), rng.randrange(1, 13), f"2024-0{rng.randrange(1, 9)}-1{rng.randrange(9)}", rng.choice(("E11.9", "I10", "J45.0"))) for at in range(2500)]),
        },
    )  # fmt: skip
    return Layout("appointments", path, {"subject": 400, "professional": 12})


def long_rows(folder: Path, seed: int) -> Layout:
    """One table of contacts, whose column of the relation says what each is."""
    crowd = Crowd(seed)
    roles = ("mère", "père", "tuteur", "médecin traitant", "conjoint")
    people = crowd.some(300)
    path = folder / "long.csv"
    table(path, ("id_patient", "lien", "nom", "prenom", "telephone"), [(str(at // 5 + 1), roles[at % 5], p.last, p.first, p.phone) for at, p in enumerate(people)])  # fmt: skip
    return Layout("long", path, {"guardian": 180, "professional": 60, "spouse": 60})


def layouts(folder: Path, seed: int = 1) -> list[Layout]:
    """All of them."""
    made = [wide(item, folder, seed + at) for at, item in enumerate(WIDE)]
    return [*made, correspondents(folder, seed), appointments(folder, seed), long_rows(folder, seed)]
