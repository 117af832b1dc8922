"""Names and kinds of columns in, whom each describes out: shapes of public tables."""

import pytest

from analysis.classify.roles import seated

EMPLOYEES = ("Employee_Name", "EmpID", "DOB", "Sex", "ManagerName", "ManagerID")


@pytest.mark.parametrize(
    ("columns", "kinds", "slots"),
    [
        (EMPLOYEES, ("full_name", "person_id", "birth_date", "sex", "full_name", "person_id"), [0, 0, 0, 0, 1, 1]),
        (("ClientName", "ClientAge", "EmployeeName"), ("full_name", "age", "full_name"), [0, 0, 1]),
        (("user_id", "user_email", "username"), ("person_id", "email", "username"), [0, 0, 0]),
        (("person_id", "given_name", "family_name"), ("person_id", "first_name", "last_name"), [0, 0, 0]),
        (("name", "addr-city", "contact-email"), ("organization", "city", "email"), [0, 0, -1]),
        (("Cardholder Name", "Card Number", "User Account"), ("full_name", "credit_card", "username"), [0, 0, 0]),
        (("nome", "nome_mae", "dt_nasc"), ("full_name", "full_name", "birth_date"), [0, -1, 0]),
        (("patient_id", "dob", "medecin_traitant"), ("person_id", "birth_date", "full_name"), [0, 0, 1]),
        (("id", "naissance", "nom_mere", "tel_mere"), ("person_id", "birth_date", "full_name", "phone"), [0, 0, 1, 1]),
        (("Médecin", "Téléphone", "Adresse"), ("full_name", "phone", "address"), [0, 0, 0]),
        (("sender_name", "recipient_name"), ("full_name", "full_name"), [0, 1]),
        (("nom", "email_parent", "email"), ("last_name", "email", "email"), [0, 1, 0]),
    ],
)  # fmt: skip
def test_each_column_describes_somebody(columns, kinds, slots):
    assert [seat.slot for seat in seated(columns, kinds)] == slots


def test_a_role_said_by_a_person_outweighs_the_name_of_the_column():
    columns, kinds = ("nom", "prenom", "tel_mere"), ("last_name", "first_name", "phone")
    assert [seat.slot for seat in seated(columns, kinds)] == [0, 0, 1]
    assert [seat.slot for seat in seated(columns, kinds, {2: "subject"})] == [0, 0, 0]


def test_more_people_in_a_row_than_are_counted_are_nobody():
    columns = tuple(f"contact{at}_name" for at in range(1, 10)) + (
        "tel_mere",
        "tel_pere",
        "tel_tuteur",
        "tel_conjoint",
        "tel_voisin",
    )
    seats = seated(("nom", "prenom", *columns), ("last_name", "first_name", *["full_name"] * 9, *["phone"] * 5))
    assert max(seat.slot for seat in seats) == 11 and any(seat.slot == -1 for seat in seats)
