"""One PNG of every page and dialog, in French and English, light and dark, and of every page in three sizes and at 150 %:
`make screens` writes them to out/screens."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog

from analysis.ground.errors import Trouble
from analysis.ground.words import say
from gui.app import build, prepare
from gui.main_window import MainWindow
from gui.pages.identification import IdentificationPage
from gui.pages.impact import ImpactPage
from gui.pages.leak import LeakPage
from gui.pages.page import At
from gui.pages.people import PeoplePage
from gui.pages.review import ReviewDialog
from gui.pages.slip import SlipDialog
from gui.settings import Settings
from gui.widgets.dialogs import ask_password

NAMES = ("start", "short", "file", "fields", "people", "impact", "risks", "re-identification", "what-if", "report")
ROWS, FEW = 20_000, 2_000
SIZES = ((960, 600), (1280, 800), (2560, 1440))
SCALE = "QT_SCALE_FACTOR"
FICTIVE = ("FICTIVE", "DUPONT-FICTIF", "MARTIN-FICTIF", "ZORGLUB", "CHAMPIGNAC", "PIPELETTE", "BONIFACE-FICTIF")


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        application = QApplication([])
        if SCALE in os.environ:
            in_size(application, out, Settings("fr", "light"), (1280, 800), "150%")
            return
        for language in ("fr", "en"):
            for theme in ("light", "dark"):
                shoot(application, out, Settings(language, theme))
        for size in SIZES:
            for settings in (Settings("fr", "light"), Settings("en", "dark")):
                in_size(application, out, settings, size, f"{size[0]}x{size[1]}")
    subprocess.run([sys.executable, "-m", "tools.screens", str(out)], env=os.environ | {SCALE: "1.5"}, check=True)


def in_size(application: QApplication, out: Path, settings: Settings, size: tuple[int, int], name: str) -> None:
    """Every page in a window of a size."""
    window = build(application, settings, closer=False, keeper=False)
    window.resize(*size)
    window.show()
    window.session.open_demo(FEW)
    while window.session.impact is None or window.session.busy:
        settle(50)
    for at, page in enumerate(NAMES):
        window.show_page(at)
        settle(500)
        while window.session.painting:
            settle(50)
        window.grab().save(str(out / f"{page}-{name}-{settings.language}-{settings.theme}.png"))
    window.close()
    print(name, settings.language, settings.theme)


def shoot(application: QApplication, out: Path, settings: Settings) -> None:
    window = build(application, settings, keeper=False)
    window.resize(1280, 860)
    window.show()
    suffix = f"{settings.language}-{settings.theme}"
    settle(300)
    window.grab().save(str(out / f"start-{suffix}.png"))
    window.show_page(At.LEAK)
    window.session.open_demo(ROWS)
    loop = QEventLoop()
    window.session.busy_changed.connect(lambda busy: None if busy else loop.quit())
    window.session.progress.connect(
        lambda step: window.grab().save(str(out / f"progress-{suffix}.png")) if 0.5 < step.fraction < 0.8 else None
    )
    loop.exec()
    pages(window, out, suffix)
    narrowed(window, out, suffix)
    slip(window, out, suffix)
    review(window, out, suffix)
    rough(window, out, suffix)
    several(window, out, suffix)
    in_roles(window, out, suffix)
    window.show_page(At.WELCOME)
    window.session.failed.emit(Trouble("empty", say("This file is empty.")))
    settle(200)
    window.grab().save(str(out / f"trouble-{suffix}.png"))
    ask_password(window, window.session.words, lambda _: None)
    settle(200)
    for dialog in window.findChildren(QInputDialog):
        dialog.grab().save(str(out / f"password-{suffix}.png"))
        dialog.reject()
    window.close()
    print(suffix)


def pages(window: MainWindow, out: Path, suffix: str) -> None:
    """Every page, and the whole of those that are longer than the window."""
    for at, name in enumerate(NAMES[1:], 1):
        window.show_page(at)
        settle(400)
        while window.session.painting:
            settle(50)
        page = window.pages[at]
        if isinstance(page, IdentificationPage):
            page.hiding.sensitive.setCurrentIndex(2)
            page.hiding.ask()
            while page.hiding.job or not page.singling:
                settle(50)
            settle(200)
        window.grab().save(str(out / f"{name}-{suffix}.png"))
        if isinstance(page, ImpactPage):
            for view in page.charts.views.values():  # painted when it is looked at
                page.ensureWidgetVisible(view)
                settle(250)
                while window.session.painting:
                    settle(50)
        if page.widget().height() > page.viewport().height() + 20:
            page.widget().grab().save(str(out / f"{name}-whole-{suffix}.png"))


def narrowed(window: MainWindow, out: Path, suffix: str) -> None:
    """The impact of some of the people, the numbers of a chart, the box that finds a person, the commands."""
    window.session.narrow("minor")
    settle(600)
    window.session.narrow("channel:email")
    window.show_page(At.IMPACT)
    settle(800)
    window.grab().save(str(out / f"filter-{suffix}.png"))
    page = window.pages[At.IMPACT]
    if isinstance(page, ImpactPage):
        page.charts.numbers_opened.connect(lambda dialog: grabbed(dialog, out / f"numbers-{suffix}.png"))
        page.charts.open_numbers("fields")
    window.session.widen()
    settle(600)
    people = window.pages[At.PEOPLE]
    assert isinstance(people, PeoplePage)
    people.narrow_opened.connect(lambda dialog: grabbed(dialog, out / f"narrow-{suffix}.png", 1500))
    people.open_narrow(13)
    window.find_person()
    window.finder.text.setText("martin marie")
    settle(1500)
    window.finder.grab().save(str(out / f"find-{suffix}.png"))
    window.finder.reject()
    window.palette_opened.connect(lambda palette: grabbed(palette, out / f"commands-{suffix}.png"))
    window.open_palette()


def grabbed(dialog: QDialog, path: Path, wait: int = 300) -> None:
    settle(wait)
    dialog.grab().save(str(path))
    dialog.reject()


def slip(window: MainWindow, out: Path, suffix: str) -> None:
    """The first person of two rows: her slip."""
    page = window.pages[At.PEOPLE]
    assert isinstance(page, PeoplePage)
    rows = (at for at in range(200) if (person := page.model.person(at)) and person.rows > 1)
    page.open_slip(next(rows, 0))
    settle(600)
    for dialog in page.findChildren(SlipDialog):
        dialog.grab().save(str(out / f"slip-{suffix}.png"))
        dialog.reject()


def review(window: MainWindow, out: Path, suffix: str) -> None:
    """Doubtful pairs, in clear, behind the first answer."""
    page = window.pages[At.PEOPLE]
    assert isinstance(page, PeoplePage)
    page.open_review()
    settle(800)
    window.session.reveal(True)
    for dialog in page.findChildren(ReviewDialog):
        dialog.say("same")
        settle(200)
        dialog.grab().save(str(out / f"review-{suffix}.png"))
        dialog.step_back()
        dialog.reject()
    window.session.reveal(False)


def rough(window: MainWindow, out: Path, suffix: str) -> None:
    """A file with damaged lines: its ledger."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        good = [f"{at:05d};DUPONT-FICTIF;Camille;{at % 28 + 1:02d}/03/1970;75011;PARIS" for at in range(400)]
        good[40] += ";;"
        good[90] = good[90].replace("FICTIF;", "FICTIF;de la;")
        good[140] = good[140].replace(";75011", "")
        path.write_text(
            "Export du service\n\nid;nom;prenom;naissance;cp;ville\n" + "\n".join(good) + "\nTotal : 400\n", encoding="cp1252"
        )
        page = opened(window, path)
        page.tabs.setCurrentIndex(1)
        settle(200)
        page.widget().grab().save(str(out / f"ledger-{suffix}.png"))


def several(window: MainWindow, out: Path, suffix: str) -> None:
    """A folder of several tables, and a picture among them: what each discloses."""
    patients = [f"{at:05d};{FICTIVE[at % 7]};Camille;{at % 28 + 1:02d}/03/1970;06000{at:05d}" for at in range(300)]
    staff = [f"{at:03d};{FICTIVE[at % 5]};Sacha;p{at}@exemple.test;Service {at % 7}" for at in range(40)]
    prices = [f"{at};Compresses {at};{at},50" for at in range(120)]
    with tempfile.TemporaryDirectory() as folder:
        for name, head, lines in (
            ("patients-2023.csv", "ipp;nom;prenom;naissance;mobile", patients),
            ("patients-2024.csv", "ipp;nom;prenom;naissance;mobile", patients[:80]),
            ("agents.csv", "matricule;nom;prenom;courriel;service", staff),
            ("tarifs.csv", "code;article;prix", prices),
        ):
            (Path(folder) / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        (Path(folder) / "scan-0001.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
        page = opened(window, Path(folder))
        page.tabs.setCurrentIndex(2)
        page.tables.table.selectRow(2)
        settle(200)
        page.widget().grab().save(str(out / f"tables-{suffix}.png"))


def in_roles(window: MainWindow, out: Path, suffix: str) -> None:
    """A file in which a trusted person and a doctor stand beside each patient: fields and people."""
    lines = [
        f"{FICTIVE[at % 7]}{chr(65 + at % 26)};Camille;{at % 28 + 1:02d}/03/19{at % 70 + 30};06000{at:05d};"
        f"{FICTIVE[at % 5]}{chr(65 + at % 25)};Dominique;07000{at:05d};Dr Sacha {FICTIVE[at % 4].title()}"
        for at in range(300)
    ]
    head = (
        "NOM;PRENOM;DATE_NAISSANCE;TEL;PERSONNE_CONFIANCE_NOM;PERSONNE_CONFIANCE_PRENOM;PERSONNE_CONFIANCE_TEL;MEDECIN_TRAITANT"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "patients.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        opened(window, path)
        for at, name in ((At.FIELDS, "roles-fields"), (At.PEOPLE, "roles-people")):
            window.show_page(at)
            if at == At.FIELDS:
                window.pages[at].table.selectRow(4)  # type: ignore[attr-defined]
            settle(600)
            window.grab().save(str(out / f"{name}-{suffix}.png"))


def opened(window: MainWindow, path: Path) -> LeakPage:
    """The File page of a leak that is read to its end."""
    window.open_files([path])
    loop = QEventLoop()
    window.session.busy_changed.connect(lambda busy: None if busy else loop.quit())
    loop.exec()
    window.show_page(At.LEAK)
    page = window.pages[At.LEAK]
    assert isinstance(page, LeakPage)
    settle(300)
    return page


def settle(milliseconds: int) -> None:
    """Lets the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
