"""Questions to the person, each in a dialog that blocks nothing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from analysis.ground.words import Words

TABLES = (
    "*.csv *.tsv *.txt *.xlsx *.xls *.xlsb *.ods *.json *.ndjson *.jsonl *.sql *.sqlite *.db *.parquet *.xml *.vcf *.ldif *.hl7"
)
ARCHIVES = "*.zip *.7z *.gz *.bz2 *.xz *.zst *.tar *.tgz"


def ask_files(parent: QWidget, words: Words, chosen: Callable[[list[Path]], object], title: str = "") -> None:
    """One or several files to open."""
    dialog = QFileDialog(parent, title or words("Open a leaked file"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [words("Every file") + " (*)", words("Tables and dumps") + f" ({TABLES})", words("Archives") + f" ({ARCHIVES})"]
    )
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()


def ask_file(parent: QWidget, title: str, chosen: Callable[[Path], object]) -> None:
    """One file to hold the leak against."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()


def ask_target(parent: QWidget, title: str, name: str, kinds: tuple[str, ...], chosen: Callable[[Path], object]) -> None:
    """Where a document goes; `name`: as it is proposed, `kinds`: as a dialog of files names them."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(kinds)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda found: chosen(Path(found)))
    dialog.open()


def ask_password(parent: QWidget, words: Words, given: Callable[[str], object]) -> None:
    """Of an archive; kept in memory only."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Ampleur")
    dialog.setLabelText(words("Password of the archive"))
    dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    dialog.textValueSelected.connect(given)
    dialog.open()


def ask_to_save(parent: QWidget, words: Words, save: Callable[[], object], leave: Callable[[], object]) -> None:
    """Before decisions are lost; staying is the answer of Esc."""
    dialog = QMessageBox(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Ampleur")
    dialog.setTextFormat(Qt.TextFormat.PlainText)
    dialog.setText(words("Save what you decided of this leak?"))
    dialog.setInformativeText(words("The case holds the incident, your corrections and filters, and no text of the leak."))
    keep = dialog.addButton(words("Save the case…"), QMessageBox.ButtonRole.AcceptRole)
    drop = dialog.addButton(words("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
    dialog.addButton(words("Stay"), QMessageBox.ButtonRole.RejectRole)
    dialog.setDefaultButton(keep)
    keep.clicked.connect(save)
    drop.clicked.connect(leave)
    dialog.open()
