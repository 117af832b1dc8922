"""What is uncertain: columns that wait for a person, and what a seller claims without any file."""

from PySide6.QtCore import Qt

from gui.pages.claim import ClaimDialog
from gui.pages.page import At
from tests.gui.conftest import LONG

NAMES = ("DUPONT", "MARTIN", "PETIT", "MOREAU", "LEROY", "SIMON")
FIRST = ("Aurélie", "François", "Thierry", "Camille", "Nadia", "Julien")


def test_a_column_to_check_waits_on_the_page_until_it_is_confirmed(window, qtbot, tmp_path):
    leak = tmp_path / "leak.csv"
    rows = [f"{NAMES[at % 6]};{FIRST[at // 6 % 6]};{'FM'[at % 2]};{'FM'[at % 3 % 2]}" for at in range(60)]
    leak.write_text("\n".join(["nom;prenom;sexe;sexe_2", *rows]) + "\n", encoding="utf-8")
    with qtbot.waitSignal(window.session.impact_changed, timeout=LONG, check_params_cb=bool):
        window.open_files([leak])
    page, session = window.pages[At.FIELDS], window.session
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    place = next(at for at, field in enumerate(session.exposure.fields) if field.check)
    assert page.table.item(place, 1).text().startswith(session.words("to be checked: {kind}", kind="").strip())
    assert (
        session.words("{n} column is to be checked: it counts in nothing until you confirm its kind.", n=1)
        in page.coherence.text()
    )
    page.table.selectRow(place)
    assert not page.card.confirm.isHidden()
    with qtbot.waitSignal(session.impact_changed, timeout=LONG, check_params_cb=bool):
        qtbot.mouseClick(page.card.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.busy, timeout=LONG)
    field = session.exposure.fields[place]
    assert (field.kind, field.check, field.corrected) == ("sex", False, True)
    page.table.selectRow(place)
    assert page.card.confirm.isHidden()


def test_what_a_seller_claims_is_told_as_it_is_typed(window, qtbot):
    dialog = ClaimDialog(window, window.session)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.table.rowCount() == 0 and dialog.said.text() == ""
    qtbot.keyClicks(dialog.text, "nom, date de naissance, num secu, montant")
    assert [dialog.table.item(at, 0).text() for at in range(4)] == ["nom", "date de naissance", "num secu", "montant"]
    words = window.session.words
    told = (
        "{n} field of personal data, {sensitive} of them sensitive.",
        "{n} fields of personal data, {sensitive} of them sensitive.",
    )
    assert dialog.said.text() == words(*told, n=3, sensitive=1)
    dialog.close()


def test_the_first_page_opens_the_box(window, qtbot):
    qtbot.mouseClick(window.pages[At.WELCOME].claim_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(ClaimDialog)))
    window.findChildren(ClaimDialog)[0].close()
