"""The report: every export, whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout

from analysis import handover, pipeline, report
from analysis import store as stores
from analysis.declare.dossier import ENDING
from analysis.ground.now import now
from analysis.ground.watch import Watch
from analysis.ground.words import Said, Words, listed, mark, say
from analysis.model import Impact, Leak
from gui.pages.handing import HandoverDialog
from gui.pages.lists import ListsDialog
from gui.pages.page import Page
from gui.session import Session
from gui.widgets.dialogs import ask_target
from gui.widgets.parts import Card, button
from gui.widgets.plain import label

BESIDE = mark("{one} {other}")


def excel(impact: Impact, path: Path, words: Words) -> None:

    report.write_excel(impact, path, words)


def machine(impact: Impact, path: Path, words: Words) -> None:

    report.write_json(report.as_json(impact, {}, words), path)


def charts(impact: Impact, path: Path, words: Words) -> None:

    report.write_charts(impact, path, words)


class ReportPage(Page):
    lists_opened = Signal(object)
    handover_opened = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        grid = QGridLayout()
        grid.setSpacing(16)
        self.cards = [Card() for _ in range(6)]
        self.notes = [label("", "quiet", wrap=True) for _ in range(6)]
        self.buttons = [button("", "primary"), *(button() for _ in range(5))]
        for at, (card, note, push) in enumerate(zip(self.cards, self.notes, self.buttons, strict=True)):
            card.column.addWidget(note)
            card.column.addStretch()
            card.column.addWidget(push, 0, Qt.AlignmentFlag.AlignLeft)
            card.setMinimumHeight(160)
            grid.addWidget(card, at // 2, at % 2)
        self.column.addLayout(grid)
        self.warning = label("", "quiet", wrap=True)
        self.column.addWidget(self.warning)
        self.column.addStretch()
        self.buttons[0].clicked.connect(self.ask_handover)
        self.buttons[1].clicked.connect(lambda: self._save(excel, ".xlsx", "Excel (*.xlsx)"))
        self.buttons[2].clicked.connect(lambda: self._save(machine, ".json", "JSON (*.json)"))
        self.buttons[3].clicked.connect(self._save_charts)
        self.buttons[4].clicked.connect(self.ask_case)
        self.buttons[5].clicked.connect(self.ask_lists)
        self.folder = button("", "flat")
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written))))
        self.folder.hide()
        self._written = Path()
        self.column.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        session.impact_changed.connect(lambda _: self._enable())
        session.busy_changed.connect(lambda _: self._enable())
        self.retranslate()
        self._enable()

    def _enable(self) -> None:
        for push in self.buttons:
            push.setEnabled(self.session.impact is not None and not self.session.busy)

    def _name(self) -> str:
        return f"ampleur-{self.session.today.isoformat()}"

    def _save(self, write: Callable[[Impact, Path, Words], None], ending: str, kinds: str) -> None:
        dialog = self._dialog(kinds, QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(ending[1:])
        dialog.selectFile(self._name() + ending)
        dialog.fileSelected.connect(lambda chosen: self.write(write, Path(chosen)))
        dialog.open()

    def _save_charts(self) -> None:
        dialog = self._dialog("", QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda chosen: self.write(charts, Path(chosen) / f"{self._name()}-charts"))
        dialog.open()

    def ask_handover(self) -> None:
        """Everything that is sent: chosen, looked at, written into a folder."""
        dialog = HandoverDialog(self, self.session)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(lambda wanted, folder, column, listed: self.hand_over(wanted, Path(folder), column, listed))
        dialog.open()
        self.handover_opened.emit(dialog)

    def hand_over(self, wanted: "handover.Wanted", folder: Path, column: str = "", listed: Path | None = None) -> None:
        """Starts writing what is handed over, of everybody; the session says when it is done. `column`: its place, where each
        controller gets a pack; `listed`: a list that says whose its values are."""
        impact, place = self.session.impact, folder / f"{self._name()}-{now():%H%M%S}"
        if impact is None:
            return

        def work(store: "stores.Store", _: Leak, words: Words, watch: Watch) -> None:
            watch.tell(say("Writing the documents"))
            if column:
                by = pipeline.by_controllers(store, impact, int(column), listed, watch)
                handover.split(store, impact, by, place, wanted, words, watch)
            else:
                handover.pack(store, impact, place, wanted, words, watch)

        def done() -> None:
            self._written = place
            self.folder.show()

        self.session.save(work, place, done)

    def ask_lists(self) -> None:
        """The lists of those who must be told: real names and contacts, so that a passphrase comes first."""
        dialog = ListsDialog(self, self.session)
        dialog.wanted.connect(self._ask_place)
        dialog.open()
        self.lists_opened.emit(dialog)

    def _ask_place(self, passphrase: str, kind: str, households: bool, back: Sequence[Path]) -> None:
        words = self.session.words
        name = f"{self._name()}-{words('lists')}.zip"

        def write(path: Path) -> None:
            self.write_lists(path, passphrase, kind, households, back)

        ask_target(self, words("Save the lists"), name, ("ZIP (*.zip)",), write)

    def write_lists(
        self, path: Path, passphrase: str, kind: str = "csv", households: bool = False, back: Sequence[Path] = ()
    ) -> None:
        """Starts the export of the lists of the people in view; the session says when it is done. `back`: see the dialog."""
        impact, told, reached = self.session.shown, list[Said](), list[int]()

        def work(store: "stores.Store", _: Leak, words: Words, watch: Watch) -> None:
            assert impact is not None
            with store.scratch():
                came = pipeline.came_back(store, back, watch.within(0.0, 0.2))
                rest = watch.within(0.2, 1.0)
                handed = report.write_lists(store, impact, path, words, rest, passphrase, kind, households, came)
                if handed.back:
                    told.extend(report.back_said(handed.back))
                    reached.append(handed.back.told)

        def written() -> Said | None:
            """The notification says how many were reached."""
            if reached and not self.session.question.parts:
                self.session.set_incident(replace(self.session.incident, informed_people=reached[0]))
            return listed(told, apart=BESIDE) if told else None

        if impact is not None:
            self.session.save(work, path, written)

    def ask_case(self) -> None:
        """Where the case goes."""
        words = self.session.words
        ask_target(self, words("Save the case"), self._name() + ENDING, (f"Ampleur (*{ENDING})",), self.session.save_case)

    def _dialog(self, kinds: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self, self.session.words("Save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if kinds else QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(mode)
        if kinds:
            dialog.setNameFilter(kinds)
        return dialog

    def write(self, write: Callable[[Impact, Path, Words], None], path: Path) -> None:
        """Starts an export; the session says when it is done."""
        self.session.export(
            lambda impact, words: write(impact, path, words),
            path,
            singled=write in (excel, machine),
        )

    def retranslate(self) -> None:
        words = self.session.words
        self.head(
            words("The report"),
            words(
                "Summaries to hand over. Each is written whole or not at all; but for the lists, none holds a name or an address."
            ),
        )
        self.folder.setText(words("Open the folder"))
        for (title, note, push), card, shown, pushed in zip(texts_of(words), self.cards, self.notes, self.buttons, strict=True):
            card.set_title(title)
            shown.setText(note)
            pushed.setText(push)
        self.warning.setText(
            words(
                "What you save is in clear, where you put it. Keep it on an encrypted disk, and delete it when the case is "
                "closed."
            )
        )


def texts_of(words: Words) -> tuple[tuple[str, str, str], ...]:
    """Title, note and button of each card."""
    return (
        (
            words("What is handed over"),
            words(
                "Summary, board page, letters and messages, notification, register, figures to be shared: chosen, looked at, "
                "and written in one go; a pack for each controller where there are many."
            ),
            words("Choose the documents…"),
        ),
        (
            words("Excel summary"),
            words(
                "Summary, fields, severity, ages, départements, re-identification, data quality, method; native charts, "
                "ready to print."
            ),
            words("Save the Excel summary…"),
        ),
        (
            words("Every figure, for scripts"),
            words("JSON with a committed schema: ledger, fields, people, severity with its reasons, versions of the rules."),
            words("Save as JSON…"),
        ),
        (words("Charts"), words("Each chart as PNG and SVG, with its sentence as description."), words("Save the charts…")),
        (
            words("Case"),
            words(
                "What you decided of the columns, for the next time: open it together with the same leak. It holds no "
                "text of the leak."
            ),
            words("Save the case…"),
        ),
        (
            words("Who must be told"),
            words(
                "A list for each channel (e-mail, SMS, letter, call), ready for a mail merge, minors through their "
                "representatives; who cannot be told, and why. It holds names and contacts, and is encrypted."
            ),
            words("Save the lists…"),
        ),
    )
