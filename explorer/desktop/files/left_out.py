"""Where does a person read that much of their log is not shown, and how do they get to see it?"""

from PySide6.QtCore import QObject

from explorer.desktop.files.newest_first import NewestFirst
from explorer.desktop.files.news_line import NewsLine
from explorer.desktop.page.window import Window
from explorer.language import tr
from explorer.session.status import left_out_details, left_out_text


class LeftOutBar(NewsLine):
    """One sentence under the header, with the ways to another reading of the log."""

    def __init__(self) -> None:
        super().__init__(tr("What is not shown"))
        self.fields = self.button(tr("Fields…"), tr("Say which field means what, and what the types do"))
        self.model = self.button(tr("Read model…"), tr("Choose how the state is derived from the events"))
        self.dismiss = self.button(tr("Go on so"), tr("Leave it as it is, and hide this line"))


class LeftOut(QObject):
    """Shows the bar while the read model leaves much out, until the person says that it may."""

    def __init__(self, window: Window, newest_first: NewestFirst) -> None:
        super().__init__(window.widget)
        self._window = window
        self._newest_first = newest_first
        self._accepted: tuple[str | None, object] | None = None  # the log and the read model of which it may
        self.bar = LeftOutBar()

    def wire(self) -> None:
        """Put it under the header, and look at what is shown."""
        page = self._window.page
        layout = page.layout()
        assert layout is not None
        layout.insertWidget(1, self.bar)  # type: ignore[attr-defined]
        self.bar.fields.clicked.connect(page.header.fields.click)
        self.bar.model.clicked.connect(self._choose_model)
        self.bar.dismiss.clicked.connect(self._accept)
        page.document_shown.connect(self._show)
        self._newest_first.changed.connect(self._show)

    def _show(self) -> None:
        document = self._window.page.document
        other = self._newest_first.bar  # one thing at a time: a small window has little room
        if (
            document is None
            or not document.complete
            or self._shown() == self._accepted
            or not other.isHidden()
        ):
            self.bar.say("")
        else:
            self.bar.say(left_out_text(document), left_out_details(document))

    def _shown(self) -> tuple[str | None, object] | None:
        document = self._window.page.document
        return None if document is None else (document.path, document.read_model.recipe)

    def _accept(self) -> None:
        self._accepted = self._shown()
        self.bar.hide()

    def _choose_model(self) -> None:
        choice = self._window.page.header.projection
        choice.setFocus()
        choice.showPopup()
