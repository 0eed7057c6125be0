"""What does a class see of a step: prose, exhibit, state, events and the raw event, all of it, in large type?

A slide is laid out for each step anew, and cuts nothing: what has no room beside is put below, tables show fewer rows
and say so. It follows the playhead, and asks it alone.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.desktop import plain
from explorer.desktop.lessons.exhibit_view import StripView
from explorer.desktop.lessons.fitting import (
    ALL,
    LEGIBLE,
    LEVELS,
    SMALL,
    WAYS,
    Level,
    Pieces,
    Placed,
    SlidePiece,
    Way,
    arranged,
    forced,
    whole,
)
from explorer.desktop.lessons.panel import LessonPanel, Narrative
from explorer.desktop.lessons.sheet import Look, Sheet
from explorer.desktop.lessons.slide_pieces import (
    Bundle,
    WidgetPiece,
    breakable,
    button_piece,
    label_piece,
    layout_height,
)
from explorer.desktop.lessons.spotlight import Where
from explorer.desktop.look.theme import number_font, theme_of
from explorer.desktop.page.log_page import LogPage
from explorer.desktop.timeline.bars import type_colours
from explorer.desktop.why.board_view import BoardView
from explorer.language import tr
from explorer.session.lessons.board import shortened
from explorer.session.lessons.frames import Frame
from explorer.session.lessons.lesson import Bring, Highlight, Lesson, Select
from explorer.session.lessons.slide_tables import (
    Extract,
    Spoken,
    events_extract,
    raw_text,
    spoken_of,
    state_extract,
    trimmed,
    why_extract,
)
from explorer.session.lessons.staging import Scene
from explorer.session.plaintext import visible

TABLE_PX = 20  # high is the type of a table, on a small projector; larger on a larger one
WIDTH_PX, HEIGHT_PX = 1280, 600  # of a slide on a small projector
MARGIN_PX = 12
HEADING = 1.35  # of the type of tables
CLIMAX = (1.7, 1.55, 1.4, 1.25, 1.1, 1.0)  # the same, of a table that has the slide for itself


MORE = (2, 3, 4, 5, 7, 9, 12)
MOST_PREDICTIONS = (
    None,
    8,
    5,
    3,
    2,
)  # lines of what a class has guessed: all, or as many as there is room for


class Slide(QWidget):
    """One step before a class. The question box is that of the lesson's panel, and is given back."""

    event_pressed = Signal(int)  # a position

    def __init__(self, page: LogPage, panel: LessonPanel) -> None:
        super().__init__()
        self._page, self._panel = page, panel
        self.setAccessibleName(tr("Slide"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading = plain.label(wrap=True)
        self.count = plain.label(role="muted", name=tr("Step"))
        self.narrative = Narrative()
        self.title = plain.label(wrap=True)
        self.code = plain.label(wrap=True, role="statement", name=tr("Statements"))
        self.notes = plain.label(wrap=True)
        self.raw = plain.label(wrap=True, role="statement", name=tr("Event as it stands in the log"))
        self.state, self.events, self.why = Sheet(), Sheet(), Sheet()
        self.grids: list[Sheet] = []
        self.strips: list[StripView] = []
        self.board = BoardView(wrapped=True)
        for widget in (
            *(self.heading, self.count, self.narrative, self.title, self.code, self.notes, self.raw),
            *(self.state, self.events, self.why, self.board),
        ):
            widget.setParent(self)
        self.events.row_pressed.connect(self._press_event)
        self.placed: list[Placed] = []
        self.level = LEVELS[0]
        self.fits = True
        self._scene: Scene | None = None
        self._spoken = Spoken()
        self._keys: dict[Sheet, Sequence[str | int]] = {}
        self._value: tuple[str, str] | None = None
        self._position = 0
        self._way = 0
        self._left_out: dict[str, int] = {}
        self._extracts: dict[tuple[str, int], Extract] = {}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.arrange)
        self.hide()

    # --- taking and giving back -------------------------------------------------------------------

    def begin(self) -> None:
        """Take the question, and the button for a read model, from the panel."""
        for widget in (self._panel.question, self._panel.own_model, self._panel.following):
            hidden = widget.isHidden()
            widget.setParent(self)
            widget.setHidden(hidden)
        self._panel.question.installEventFilter(self)
        self.show()

    def end(self) -> None:
        """Give them back."""
        self._panel.question.removeEventFilter(self)
        self._again.stop()
        self.hide()
        self._panel.question.dress(None)
        for widget in (self._panel.own_model, self._panel.following):
            widget.setFont(QFont())
        self._panel.take_back()
        self._scene = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._again.start()
        return super().eventFilter(watched, event)

    # --- what is shown ----------------------------------------------------------------------------

    def show_scene(self, lesson: Lesson, number: int, scene: Scene) -> None:
        """Show another step, where the playhead stands."""
        self._scene = scene
        self._way = 0
        self._spoken = spoken_of(scene.step, scene.places, scene.position)
        self.heading.setText(scene.step.title)
        self.count.setText(tr("{step} of {last}").format(step=number + 1, last=len(lesson.steps)))
        self.narrative.show_blocks(scene.step.blocks)
        self.narrative.setHidden(not scene.step.blocks)
        actions = scene.step.actions
        chosen = next((each for each in reversed(actions) if isinstance(each, Select)), None)
        wants_why = any(isinstance(each, Bring | Highlight) and each.panel == "why" for each in actions)
        self._value = (chosen.entity, chosen.field) if chosen is not None and wants_why else None
        self.stand_at(self._page.playhead.position)

    def stand_at(self, position: int) -> None:
        """Show what holds at another position."""
        self._position = position
        self._extracts.clear()
        if self._scene is not None and self.isVisible():
            self.arrange()

    def arrange(self) -> None:
        """Find room for everything."""
        self._again.stop()
        scene, document = self._scene, self._page.document
        if scene is None or document is None or self.width() < 2 * MARGIN_PX:
            return
        room = self.contentsRect().adjusted(MARGIN_PX, 6, -MARGIN_PX, -6)
        size_px = TABLE_PX * max(1.0, min(self.width() / WIDTH_PX, self.height() / HEIGHT_PX))
        self._dress(size_px)
        frame = self._panel.exhibit.shown if self._panel.exhibit.exhibit is not None else Frame()
        self._show_frame(frame, 12, ALL)
        alone = scene.step.exhibit is not None and scene.step.exhibit.kind == "questions"
        if alone:
            self.title.clear()  # the heading says it
        found = self._alone(room, size_px) if alone else None
        if found is None:
            found = self._with_predictions(room, size_px, frame)
        self.fits = found is not None
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.narrative.setVerticalScrollBarPolicy(off if self.fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if found is None:
            found = forced(self._pieces(), room.width(), room.height())
        self._place(found, room)

    def _alone(self, room: QRect, size_px: float) -> list[Placed] | None:
        """An exhibit that has the slide for itself, as large as it can be."""
        for large in CLIMAX:
            self.narrative.set_letters(self._font(size_px * min(large, 1.2)))
            for sheet in self.grids:
                sheet.set_font(self._font(size_px * large))
            pieces = self._pieces()
            found = whole((*pieces.told, *pieces.shown), room.width(), room.height())
            if found is not None:
                self.level = Level(0, min(large, 1.2))
                return found
        return None

    def _with_predictions(self, room: QRect, size_px: float, frame: Frame) -> list[Placed] | None:
        """Two columns, with as many lines of what a class has guessed as there is room for in letters to be read."""
        bars = self._panel.question.histogram
        for groups in (LEGIBLE, SMALL):
            for most in MOST_PREDICTIONS if bars.rows else (None,):
                bars.show_at_most(most)
                found = self._beside(room, size_px, frame, groups)
                if found is not None:
                    return found
        return None

    def _beside(
        self, room: QRect, size_px: float, frame: Frame, groups: Sequence[range]
    ) -> list[Placed] | None:
        """Two columns. In the same step type never grows while one moves, so that the slide is quiet."""

        @cache
        def tried(way: Way) -> list[Placed] | None:
            self.narrative.set_letters(self._font(size_px * way.letters))
            self._show_log(way)
            self._show_frame(frame, way.exhibit, way.statements)
            left_out[way] = dict(self._left_out)
            return arranged(self._pieces(together=way.together), room.width(), room.height())

        left_out: dict[Way, dict[str, int]] = {}
        first = self._way
        for group in groups:
            ways = [way for way in group if way >= first]
            if not ways or tried(WAYS[ways[-1]]) is None:
                continue
            number = ways[bisect_left(ways, True, key=lambda at: tried(WAYS[at]) is not None)]
            self._way, way = number, WAYS[number]
            for kind in (
                "exhibit",
                "events",
                "state",
            ):  # what room is left is for more rows, if there are more
                if left_out[way][kind]:
                    more = [way, *(way.with_rows(kind, rows) for rows in MORE if rows > getattr(way, kind))]
                    way = more[bisect_left(more, True, key=lambda each: tried(each) is None) - 1]
            self.level = Level(way.events, way.letters)
            tried.cache_clear()  # the last that was tried is shown, and that may have been another
            return tried(way)
        return None

    def _font(self, px: float) -> QFont:
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(px * 72 / self.logicalDpiY())
        return font

    def _dress(self, size_px: float) -> None:
        usual = self._font(size_px)
        for sheet in (self.state, self.events, self.why, *self.grids):
            sheet.set_font(usual)
        bold = QFont(self._font(size_px * HEADING))
        bold.setBold(True)
        self.heading.setFont(bold)
        self.count.setFont(self._font(size_px * 0.85))
        title = QFont(usual)
        title.setBold(True)
        self.title.setFont(title)
        panel = self._panel
        panel.question.dress(usual)
        for widget in (self.notes, self.board, *self.strips, panel.own_model, panel.following):
            widget.setFont(usual)
        for label in (self.code, self.raw):
            label.setFont(number_font(self._font(size_px * 0.9)))

    def _show_log(self, way: Way) -> None:
        document = self._page.document
        assert document is not None
        self._show(self.state, self._took("state", way.state))
        found = self._took("events", way.events)
        looks = []
        theme = theme_of(QGuiApplication.palette())
        work = self._page.timeline.groundwork
        names = [] if work is None else [group.name for group in work.counts.groups]
        colours = dict(zip(names, type_colours(theme, names), strict=False))
        others = colours.get(None, QColor(theme.muted))
        for key in found.keys:
            at = int(key)
            square = None
            if at:
                square = 2, colours.get(document.event(at).type, others)
            looks.append(Look(now=at == self._position and at > 0, future=at > self._position, square=square))
        self._show(self.events, found, looks)
        if self._value is not None:
            self._show(self.why, self._took("why", max(min(way.exhibit, 6), 2)))
        self.raw.setText(breakable(raw_text(document, self._position)))

    def _took(self, kind: str, rows: int) -> Extract:
        """So many rows of the state, the events or the reasons; each is made once at a position."""
        document, position = self._page.document, self._position
        assert document is not None
        if (kind, rows) not in self._extracts:
            if kind == "state":
                found = state_extract(document, position, self._spoken, rows)
            elif kind == "events":
                last = document.event_count
                spoken = Spoken(
                    positions=tuple(at for at in (*self._spoken.positions, position) if at <= last)
                )
                found = events_extract(document, position, spoken, rows)
            else:
                found = why_extract(document, *(self._value or ("", "")), position, rows)
            self._extracts[kind, rows] = found
        found = self._extracts[kind, rows]
        self._left_out[kind] = found.left_out
        return found

    def _show(self, sheet: Sheet, found: Extract, looks: Sequence[Look] = ()) -> None:
        self._keys[sheet] = found.keys
        sheet.show_grid(found.grid, looks)

    def _show_frame(self, frame: Frame, rows: int, statements: int) -> None:
        """An exhibit as its frame says."""
        given = self._panel.exhibit.exhibit
        self.title.setText("" if given is None else given.title)
        self.code.setText("\n".join(frame.code[-statements:]))
        notes = list(frame.notes)
        if len(frame.code) > statements:
            notes.append(tr("… and {count} statements before").format(count=len(frame.code) - statements))
        self._left_out["exhibit"] = 0
        while len(self.grids) < len(frame.grids):
            self.grids.append(Sheet())
            self.grids[-1].setParent(self)
            self.grids[-1].set_font(self.events.font())
        for sheet, grid in zip(self.grids, frame.grids, strict=False):
            kept, left_out = trimmed(grid, max(rows, 2) if len(grid.rows) > 9 else 9)
            sheet.show_grid(kept)
            self._left_out["exhibit"] += left_out
            if left_out:
                notes.append(tr("… and {count} more rows").format(count=left_out))
        if frame.board is not None:
            long = sum(len(line.follows) for line in frame.board.lines) > 9
            board, left_out = shortened(frame.board, max(rows, 2) if long else 9)
            self.board.show_board(board)
            self._left_out["exhibit"] += left_out
            if left_out:
                notes.append(tr("… and {count} more rows").format(count=left_out))
        while len(self.strips) < len(frame.strips):
            self.strips.append(StripView())
            self.strips[-1].setParent(self)
            self.strips[-1].setFont(self.events.font())
        for view, strip in zip(self.strips, frame.strips, strict=False):
            view.show_strip(strip)
        self.notes.setText("\n".join(notes))
        role = {None: "muted", True: "good", False: "warning"}[frame.good]
        if self.notes.property("role") != role:
            self.notes.setProperty("role", role)
            self.notes.style().polish(self.notes)  # which forgets the font
            self.notes.setFont(self.events.font())

    # --- pieces ------------------------------------------------------------------------------------

    def _pieces(self, *, together: bool = True) -> Pieces:
        """What there is to be placed; the parts of an exhibit stand `together`, or each where there is room."""
        exhibit = self._panel.exhibit
        frame = exhibit.shown if exhibit.exhibit is not None else Frame()
        told: list[SlidePiece] = [WidgetPiece("heading", self.heading, self._heading_px, lambda: 120)]
        if self._scene is not None and self._scene.step.blocks:
            told.append(
                WidgetPiece("prose", self.narrative, self.narrative.height_for, self.narrative.least_width)
            )
        parts = [label_piece("exhibit", label) for label in (self.title, self.code) if label.text()]
        parts += [
            WidgetPiece("exhibit", sheet, sheet.heightForWidth, sheet.least_width)
            for sheet, _ in zip(self.grids, frame.grids, strict=False)
        ]
        parts += [
            WidgetPiece("exhibit", view, lambda _width, view=view: view.sizeHint().height(), view.least_width)  # type: ignore[misc]
            for view, _ in zip(self.strips, frame.strips, strict=False)
        ]
        if frame.board is not None:
            board = self.board
            parts.append(WidgetPiece("exhibit", board, board.heightForWidth, board.least_width))
        if self.notes.text():
            parts.append(label_piece("exhibit", self.notes))
        shown: list[SlidePiece] = []
        if parts:
            shown = [Bundle(parts)] if together else [Bundle(parts[:2]), *parts[2:]]
        if self._value is not None:
            shown.append(WidgetPiece("why", self.why, self.why.heightForWidth, self.why.least_width))
        question, button = self._panel.question, self._panel.own_model
        told += [button_piece(each) for each in (button, self._panel.following) if not each.isHidden()]
        if not question.isHidden():
            told.append(WidgetPiece("question", question, layout_height(question), lambda: 200))
        log: list[SlidePiece] = [
            WidgetPiece("state", self.state, self.state.heightForWidth, self.state.least_width),
            WidgetPiece("events", self.events, self.events.heightForWidth, self.events.least_width),
        ]
        if self.raw.text():
            log.append(label_piece("raw", self.raw))
        return Pieces(told, shown, log)

    def _heading_px(self, width: int) -> int:
        return max(self.heading.heightForWidth(width - self._count_px()), self.count.sizeHint().height())

    def _count_px(self) -> int:
        return self.count.sizeHint().width() + 10

    def _place(self, found: Sequence[Placed], room: QRect) -> None:
        self.placed = [
            part
            for place in found
            for part in (place.piece.placed(place) if isinstance(place.piece, Bundle) else [place])
        ]
        there = set()
        for piece, left, top, width, height in self.placed:
            assert isinstance(piece, WidgetPiece)
            place = QRect(room.left() + left, room.top() + top, width, height)
            if piece.widget is self.heading:
                aside = self._count_px()
                self.count.setGeometry(place.right() - aside + 10, place.top(), aside - 9, height)
                place.setWidth(width - aside)
            piece.widget.setGeometry(place)
            there.add(piece.widget)
        own = (self.narrative, self.title, self.code, self.notes, self.raw, self.state, self.events, self.why)
        for widget in (*own, self.board, *self.grids, *self.strips):
            widget.setVisible(widget in there)
        for widget in (self.heading, self.count):
            widget.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scene is not None:
            self._way = 0
            self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} and self._scene is not None:
            self._again.start()

    def _press_event(self, row: int) -> None:
        at = int(self._keys[self.events][row])
        if at:
            self.event_pressed.emit(at)

    # --- what is pointed at --------------------------------------------------------------------------

    def pointed_at(self, rings: Sequence[tuple[Highlight, int]]) -> list[Where]:
        """Where each thing is that a step points at; with the position of its event."""
        return [self._target(highlight, position) for highlight, position in rings]

    def value_at(self, entity: str, field: str) -> tuple[QWidget, QRect] | None:
        """Where one value of the state is; without a field the whole row."""
        keys = self._keys.get(self.state, ())
        if entity not in keys or self.state.isHidden():
            return None
        row, columns = keys.index(entity), self.state.grid.columns
        if visible(field) in columns[1:]:
            return self.state, self.state.cell_rect(row, columns.index(visible(field)))
        return self.state, self.state.row_rect(row)

    def _target(self, highlight: Highlight, position: int) -> Where:
        match highlight.kind:
            case "panel":
                return lambda: self._panel_rect(highlight.panel)
            case "event":
                return lambda: self._event_rect(position)
            case _:
                return lambda: self.value_at(highlight.entity, highlight.field)

    def _event_rect(self, position: int) -> tuple[QWidget, QRect] | None:
        keys = self._keys.get(self.events, ())
        if position not in keys or self.events.isHidden():
            return None
        return self.events, self.events.row_rect(keys.index(position))

    def _panel_rect(self, name: str) -> tuple[QWidget, QRect] | None:
        if name == "timeline":
            return self._page.timeline, self._page.timeline.rect()
        wanted = {"detail": "raw", "diff": "state"}.get(name, name)
        found = QRect()
        for place in self.placed:
            if isinstance(place.piece, WidgetPiece) and place.piece.name == wanted:
                found = found.united(place.piece.widget.geometry())
        return None if found.isEmpty() else (self, found)
