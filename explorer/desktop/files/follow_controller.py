"""How does the window show what another program appends to the open log, and say what else becomes of its file?"""

import contextlib
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.desktop import plain
from explorer.desktop.page.window import Window
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.eventlog.errors import LogError
from explorer.eventlog.file_watch import FileChange, FileWatch
from explorer.eventlog.sources.source_watch import SourceWatch
from explorer.language import tr
from explorer.sentences import in_words
from explorer.session.document import Document
from explorer.session.files.growth import news_text, read_on


class NewsBar(QFrame):
    """One sentence under the header, with a way to read the log anew and one to go on as it is."""

    reload_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "news")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        self.text = plain.Elided(role="warning", name=tr("News of the log's file"))
        self.reload = QPushButton(tr("Reload"))
        self.dismiss = QPushButton(tr("Go on without"))
        plain.set_tip(self.reload, tr("Read the log as it is now"))
        plain.set_tip(self.dismiss, tr("Keep looking at what was loaded"))
        row.addWidget(self.text, 1)
        row.addWidget(self.reload)
        row.addWidget(self.dismiss)
        self.reload.clicked.connect(self.reload_asked)
        self.dismiss.clicked.connect(self.hide)
        self.hide()

    def show_news(self, sentence: str) -> None:
        """Say it."""
        self.text.show_text("! " + sentence)
        self.show()


LOOK_EVERY_S = 0.1
REST_SHARE = (
    1.0  # after reading on, as long a rest as that took: a log that never stops growing leaves half the time
)


class _Looker(threading.Thread):
    """Looks at one file until it is told to stop. A drive that hangs makes nobody wait but this thread."""

    def __init__(self, watch: FileWatch | SourceWatch, tell: "FollowController", document: Document) -> None:
        super().__init__(name="log watcher", daemon=True)
        self._watch, self._tell, self._document = watch, tell, document
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def run(self) -> None:
        last = FileChange("same")
        with contextlib.suppress(LogError, OSError, RuntimeError):  # the log is closed, or the window is gone
            self._watch.prepare()
            while not self._stopped.wait(LOOK_EVERY_S):
                change = self._watch.look()
                if (change != last or change.kind == "grown") and not self._stopped.is_set():
                    self._tell.noticed.emit(self._document, change)
                last = change


class FollowController(QObject):
    """Watches the file of the open log. What is appended is shown; the person stays where they are, or at the end."""

    noticed = Signal(object, object)  # from the thread that looks: the document, and the change
    grew = Signal()  # more events are shown

    def __init__(self, window: Window, reload: Callable[[], None]) -> None:
        super().__init__(window.widget)
        self._window = window
        self._reload = reload
        self._looker: _Looker | None = None
        self._reading = LatestTask(self)
        self._rest_until_s = 0.0
        self._path: str | None = None
        self._at_end = False
        self._wanted: int | None = None  # where to stand once there is more
        self._stale = False  # the file is no longer what is shown
        self.bar = NewsBar()
        self.state = plain.label(role="muted", name=tr("Live"))
        self.state.hide()

    def wire(self) -> None:
        """Connect what asks for it, and put the widgets into their places."""
        page = self._window.page
        page.put_under_header(self.bar)
        self._window.statusBar().addPermanentWidget(self.state)
        self.noticed.connect(self._hear)
        self.bar.reload_asked.connect(self._reload)
        page.playhead.moved.connect(self._moved)
        page.document_shown.connect(self.watch)
        page.commanding.reread_asked.connect(self.catch_up)

    def watch(self) -> None:
        """Watch the file of the log that is shown now."""
        self.stop()
        self._stale = False
        self.bar.hide()
        document = self._window.page.document
        path = None if document is None else document.path
        if path != self._path:
            self._path, self._at_end = path, False
        if document is None or not document.complete or not (document.log.stamp or document.log.live):
            return
        watch = SourceWatch(document.log) if document.log.live else FileWatch(document.log)
        self._looker = _Looker(watch, self, document)
        self._looker.start()
        self._show_state()

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._looker is not None:
            self._looker.stop()
            self._looker = None
        self._reading.cancel()
        self.state.hide()

    def follow_end(self, on: bool) -> None:
        """Stand at the end whenever there is more, or stay where one is."""
        self._at_end = on
        if on:
            self._window.page.playhead.move_to(self._window.page.playhead.last)
        self._show_state()

    @property
    def follows_end(self) -> bool:
        """Whether the person stays at the end."""
        return self._at_end

    def catch_up(self, position: int | None = None) -> None:
        """Read on at once, since this window itself has appended; then stand at `position` (None: stay)."""
        document = self._window.page.document
        if document is None or self._looker is None:
            return
        if position is not None and position <= document.event_count:  # it has been noticed already
            self._window.page.playhead.move_to(position)
            return
        self._wanted = position
        self._rest_until_s = 0.0
        self._read_on(document)

    # --- private --------------------------------------------------------------------------------

    def _moved(self, position: int) -> None:
        """Who goes away from the end wants to stay there."""
        if self._at_end and position < self._window.page.playhead.last:
            self._at_end = False
            self._show_state()

    def _hear(self, document: Document, change: FileChange) -> None:
        if document is not self._window.page.document or self._looker is None:
            return
        if change.kind == "grown":
            self._read_on(document)
        elif change.kind == "same":
            self._stale = False
            self.bar.hide()  # it is back, just as it was
        else:
            self._say(document, change)
        self._show_state()

    def _say(self, document: Document, change: FileChange) -> None:
        self._stale = True
        stamp = document.log.stamp
        self.bar.show_news(news_text(document.name, change, 0 if stamp is None else stamp.size_bytes))

    def _read_on(self, document: Document) -> None:
        if self._reading.at_work or self._window.opening or time.monotonic() < self._rest_until_s:
            return  # it is told again at the next look
        options, began_s = self._window.options, time.monotonic()
        self._reading.start(
            lambda _report: read_on(document, options),
            Handlers(
                lambda found: self._show(document, found),
                self._failed,
                ended=lambda: self._ended(began_s),
                drop=_drop,
            ),
        )

    def _ended(self, began_s: float) -> None:
        now_s = time.monotonic()
        self._rest_until_s = now_s + REST_SHARE * (now_s - began_s)

    def _show(self, old: Document, found: Document | None) -> None:
        page = self._window.page
        if found is None:
            return
        if self._window.opening:
            found.close()
            return
        bars = [table.verticalScrollBar() for table in (page.events_table, page.state_table)]
        places = [bar.value() for bar in bars]
        playing, entity = page.player.running, page.state_table.entity
        field = page.why.value[1] if page.why.value is not None and page.why.value[0] == entity else ""
        page.show_rest(found, at_end=self._at_end)
        if entity is not None:
            page.state_table.choose(entity, field)
        if not self._at_end:  # what one looks at stays where it is
            for bar, place in zip(bars, places, strict=True):
                bar.setValue(place)
        if self._wanted is not None and self._wanted <= found.event_count:
            page.playhead.move_to(self._wanted)
            self._wanted = None
        if playing:
            page.player.toggle()
        old.close()
        self.grew.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, LogError):
            raise error
        self.bar.show_news(in_words(error))

    def _show_state(self) -> None:
        self._window.actions_by_name["following.follow_end"].setChecked(self._at_end)
        if self._stale:
            self.state.setText(tr("○ not live"))
        else:
            self.state.setText(tr("● live, at the end") if self._at_end else tr("● live"))
        self.state.setVisible(self._looker is not None)


def _drop(found: Document | None) -> None:
    if found is not None:
        found.close()
