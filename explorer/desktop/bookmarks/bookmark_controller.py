"""How does a person put bookmarks, name them, find them again, and keep them from one day to the next?"""

from collections.abc import Iterable

from explorer.desktop.bookmarks.bookmarks_panel import BookmarkDialog, BookmarksPanel
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.panels.per_log import PerLog
from explorer.session.document import Document
from explorer.session.places.bookmarks import Bookmark, dumps, in_log, in_order, loads
from explorer.session.stand import Stand

KEPT_AS = "bookmarks"


class BookmarkController(PanelController):
    """The bookmarks of the open log. They are kept by the log's path, and by places in the log."""

    panel: BookmarksPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = BookmarksPanel()
        self._kept = PerLog(page.settings)
        self._beyond: list[Bookmark] = []  # of the part of the log that has not been read yet
        self._unkept: tuple[str, str] = ("", "")  # of a log that is no file: its name and its bookmarks

    def offers(self) -> dict[str, object]:
        return {"marking": self, "bookmarks_panel": self.panel}

    def wire(self) -> None:
        panel = self.panel
        self._page.signals.bookmark_asked.connect(self.describe_at)
        panel.table.chosen.connect(self._page.playhead.move_to)
        panel.table.remove_asked.connect(self.remove)
        panel.model.edited.connect(self.put)
        panel.describe.clicked.connect(lambda: self.describe_at(panel.position))
        panel.remove.clicked.connect(lambda: self.remove(panel.position))

    def show_document(self, document: Document | None) -> None:
        """Bring the bookmarks of another log, or of the same in another order of time."""
        marks = self._page.markers.bookmarks
        marks.clear()
        self._beyond = []
        if document is not None:
            here, self._beyond = in_order(loads(self._stored(document)), document.history)
            for mark in here:
                marks.put(mark)
        self._show()

    def stand_at(self, stand: Stand) -> None:
        self.panel.stand_at(stand.position)

    def put(self, bookmark: Bookmark) -> None:
        """Add `bookmark`, or write anew what is at its position."""
        self._page.markers.bookmarks.put(bookmark)
        self._changed()

    def add(self, bookmarks: Iterable[Bookmark]) -> None:
        """Add bookmarks from elsewhere to those that are there."""
        for bookmark in bookmarks:
            self._page.markers.bookmarks.put(bookmark)
        self._changed()

    def remove(self, position: int | None) -> None:
        """Take the bookmark at `position` away."""
        if position is not None and self._page.markers.bookmarks.remove(position):
            self._changed()

    def text(self) -> str:
        """All bookmarks of this log as text, for a file that keeps where one was."""
        document = self._page.document
        if document is None:
            return ""
        return dumps([*in_log(self._page.markers.bookmarks, document.history), *self._beyond])

    def restore(self, text: str) -> None:
        """Put the bookmarks of such a text in place of those that are there."""
        document = self._page.document
        if document is not None:
            self._store(document, dumps(loads(text)))
            self.show_document(document)

    def describe_at(self, position: int | None) -> None:
        """Write a name and a note for the place at `position`."""
        document = self._page.document
        if document is None or position is None:
            return
        mark = self._page.markers.bookmarks.at(position) or Bookmark(position)
        dialog = BookmarkDialog(mark, document.moment_text(position), self._page.widget)
        dialog.accepted.connect(lambda: self.put(dialog.bookmark()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- what the actions call ----------------------------------------------------------------

    def toggle(self) -> None:
        """Put a bookmark here, or take it away."""
        self._page.markers.bookmarks.toggle(self._page.playhead.position)
        self._changed()

    def describe(self) -> None:
        """Write a name and a note for this place."""
        self.describe_at(self._page.playhead.position)

    def next(self) -> None:
        """To the next bookmark."""
        self._step(1)

    def previous(self) -> None:
        """To the previous bookmark."""
        self._step(-1)

    def show(self) -> None:
        """Bring up the list."""
        self._page.panels.bring_up("bookmarks")
        self.panel.table.setFocus()

    # --- private ------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        found = self._page.markers.bookmarks.following(self._page.playhead.position, step)
        if found is not None:
            self._page.playhead.move_to(found.position)

    def _changed(self) -> None:
        if self._page.document is not None:
            self._store(self._page.document, self.text())
        self._show()

    def _show(self) -> None:
        marks = list(self._page.markers.bookmarks)
        self._page.signals.bookmarks_changed.emit(marks)
        self.panel.show_bookmarks(marks, self._page.document)

    def _stored(self, document: Document) -> str:
        if document.path is None:
            return self._unkept[1] if self._unkept[0] == document.name else ""
        return self._kept.get(document, KEPT_AS)

    def _store(self, document: Document, text: str) -> None:
        if document.path is None:
            self._unkept = (document.name, text)
        else:
            self._kept.put(document, KEPT_AS, text)
