"""Help inside the window (F1): the guide, the method and the glossary as they stand in docs, with a search. Our own texts alone
are shown as markup; no link leads out."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from gui.session import Session
from gui.widgets.parts import button

METHOD = 1  # the place of its tab
DOCS = Path(__file__).parents[2] / "docs"


class HelpDialog(QDialog):
    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = session.words
        self.setWindowTitle(words("Help"))
        self.resize(860, 640)
        whole = QVBoxLayout(self)
        self.search, self.tabs = QLineEdit(), QTabWidget()
        self.search.setPlaceholderText(words("Search in the help"))
        self.search.setAccessibleName(words("Search in the help"))
        self.search.returnPressed.connect(self.look)
        language = words.language
        for name, path in (
            (words("Guide"), f"guide/guide.{language}.md"),
            (words("Method"), f"method.{language}.md"),
            (words("Glossary"), "glossary.md"),
        ):
            self.tabs.addTab(self._page(name, path), name)
        shut, foot = button(words("Close")), QHBoxLayout()
        shut.clicked.connect(self.reject)
        foot.addStretch()
        foot.addWidget(shut)
        for part in (self.search, self.tabs):
            whole.addWidget(part)
        whole.addLayout(foot)

    def open_at(self, topic: str) -> None:
        """The method, where it speaks of something."""
        if topic:
            self.tabs.setCurrentIndex(METHOD)
            self.search.setText(topic)
            self.look()

    def look(self) -> None:
        """The next place of what is typed, in any of the texts."""
        text = self.search.text().strip()
        order = [(self.tabs.currentIndex() + step) % self.tabs.count() for step in range(self.tabs.count() + 1)]
        for step, at in enumerate(order):
            page = self.tabs.widget(at)
            if isinstance(page, QTextBrowser) and text:
                if step:
                    page.moveCursor(page.textCursor().MoveOperation.Start)
                if page.find(text):
                    self.tabs.setCurrentIndex(at)
                    return

    def _page(self, name: str, path: str) -> QTextBrowser:
        page = QTextBrowser()
        page.setOpenLinks(False)
        page.setAccessibleName(name)
        source = DOCS / path
        if source.is_file():
            page.setMarkdown(source.read_text(encoding="utf-8"))
        return page
