"""Which entity is shown whole, and what can a person do with a part of it?"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from explorer.desktop import plain
from explorer.desktop.entity.tree_view import EntityTreeView
from explorer.desktop.panels.page import Page
from explorer.desktop.panels.panel import PanelController
from explorer.desktop.tables.hits import HitLine
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.language import grouped, later, tr
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.stand import Stand
from explorer.session.state.entity_tree import MOST_HITS, EntityTree, Key
from explorer.session.state.state_text import value_copied

HINT = later("Choose a row of the state, or go to an event: its entity is shown here as a whole.")


class EntityPanel(QWidget):
    """Which entity, what the event did to it, a line to look for something in it, and the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.title = plain.Elided("", role="heading", name=tr("Entity"))
        self.said = plain.Elided("", role="muted", name=tr("What the event did"))
        self.line = HitLine()
        self.line.setAccessibleName(tr("Find in the entity"))
        self.line.setPlaceholderText(tr("Find a name or a value; Enter: the next"))
        self.line.setClearButtonEnabled(True)
        self.count = plain.Steady(role="muted", name=tr("Found in the entity"))
        self.next = QToolButton()
        self.next.setText(tr("Next change"))
        self._dress(self.next, tr("Go to the next part that the event changed"))
        self.follow = QToolButton()
        self.follow.setText(tr("Follow events"))
        self.follow.setCheckable(True)
        self._dress(self.follow, tr("Always show the entity of the event, whichever is chosen"))
        self.tree = EntityTreeView()
        self.hint = plain.label(tr(HINT), role="muted", wrap=True)
        head, below = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 2)
        head.addWidget(self.said, 3)
        below.setSpacing(8)
        below.addWidget(self.line, 1)
        below.addWidget(self.count)
        below.addWidget(self.next)
        below.addWidget(self.follow)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addLayout(below)
        box.addWidget(self.hint)
        box.addWidget(self.tree, 1)
        self.show_entity(None)

    def show_entity(self, tree: EntityTree | None, opened: set[Key] | None = None, summary: str = "") -> None:
        """Show one as it is somewhere in time; None: there is none to show."""
        self.hint.setVisible(tree is None)
        self.tree.setVisible(tree is not None)
        self.next.setEnabled(tree is not None and bool(tree.changes()))
        self.title.show_text("" if tree is None else visible(tree.entity, 200))
        self.said.show_text(summary)
        self.tree.show_tree(tree, opened or set())

    def _dress(self, button: QToolButton, tip: str) -> None:
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        plain.set_tip(button, tip)


class EntityController(PanelController):
    """Shows the chosen entity, or that of the event, wherever the person goes."""

    panel: EntityPanel

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = EntityPanel()
        self.tree: EntityTree | None = None
        self._entity: str | None = None
        self._field = ""
        self._shown: object = None  # what tells that the same is to be shown again
        self._making = LatestTask(self)
        self._finding = LatestTask(self)
        self._hits: list[Key] = []
        self._at = -1

    def offers(self) -> dict[str, object]:
        return {"whole": self}

    def wire(self) -> None:
        panel, signals = self.panel, self._page.signals
        signals.value_chosen.connect(self._choose)
        panel.tree.menu_asked.connect(self._offer)
        panel.tree.copy_asked.connect(self.copy_value)
        panel.line.textChanged.connect(self._find)
        panel.line.stepped.connect(self.step)
        panel.next.clicked.connect(self.next_change)
        panel.follow.toggled.connect(lambda _on: self.stand_again())

    def show_document(self, document: Document | None) -> None:
        """Another log: nothing is chosen in it yet."""
        del document
        self._entity, self._field, self._shown = None, "", None
        self._making.cancel()
        self._finding.cancel()
        self.panel.tree.chosen = {}
        self._take(None, set(), "")

    def stand_at(self, stand: Stand) -> None:
        """Show the entity as it is there."""
        document, position = stand.document, stand.position
        entity = None if self.panel.follow.isChecked() else self._entity
        entity = entity if entity is not None else document.entity_at(position)
        if entity is None:
            self._making.cancel()
            self._take(None, set(), "")
            return
        tree = EntityTree(document.history, document.noun, entity, stand.before, stand.state)
        chosen = dict(self.panel.tree.chosen)
        if not tree.is_large:
            self._making.cancel()
            self._take(tree, tree.opened(chosen), tree.summary())
            return
        self._making.start(
            lambda _report: (tree, tree.opened(chosen), tree.summary()),
            Handlers(lambda made: self._take(*made)),
        )

    # --- what a person does with it -----------------------------------------------------------

    def next_change(self) -> None:
        """Go to the next part that the event changed, round and round."""
        keys = self.tree.changes() if self.tree is not None else []
        here = self.panel.tree.node
        at = keys.index(here.key) + 1 if here is not None and here.key in keys else 0
        if keys:
            self.panel.tree.choose(keys[at % len(keys)])

    def step(self, step: int) -> None:
        """Go to the next or the previous part in which the text stands, round and round."""
        if self._hits:
            self._at = (
                (self._at + step) % len(self._hits)
                if self._at >= 0
                else (0 if step > 0 else len(self._hits) - 1)
            )
            self.panel.tree.choose(self._hits[self._at])
            self._say_found()

    def copy_value(self) -> None:
        """Put what the current line holds on the clipboard, with every digit."""
        node = self.panel.tree.node
        if node is not None and node.stretch is None:
            QGuiApplication.clipboard().setText(value_copied(node.fragment.value))

    def copy_path(self) -> None:
        """Put the way to the current line on the clipboard."""
        node = self.panel.tree.node
        if node is not None and self.tree is not None:
            QGuiApplication.clipboard().setText(self.tree.path_text(node))

    # --- private ------------------------------------------------------------------------------

    def _take(self, tree: EntityTree | None, opened: set[Key], summary: str) -> None:
        other = tree is None or self.tree is None or tree.entity != self.tree.entity
        self.tree = tree
        view = self.panel.tree
        self.panel.show_entity(tree, opened, summary)
        if tree is not None and other and self._field and tree.entity == self._entity:
            view.choose((self._field,))
        elif tree is not None and not view.hasFocus():
            changed = tree.changes()
            if changed:
                view.bring_near(changed[0])
        self._find(self.panel.line.text())

    def _choose(self, entity: str, field: str) -> None:
        """Another value was chosen in the state."""
        self._entity, self._field = entity, field
        if self._page.panels.in_front("entity"):
            self.stand_again()
            if field and not self.panel.tree.hasFocus():
                self.panel.tree.choose((field,))

    def _find(self, text: str) -> None:
        """Look for a text, beside the window."""
        self._hits, self._at = [], -1
        tree = self.tree
        if not text or tree is None:
            self._finding.cancel()
            self.panel.count.show_text("")
            return
        self._finding.start(lambda _report: tree.find(text), Handlers(self._found))

    def _found(self, hits: list[Key]) -> None:
        self._hits = hits
        self._say_found()

    def _say_found(self) -> None:
        count = grouped(len(self._hits)) + ("+" if len(self._hits) == MOST_HITS else "")
        if self._at >= 0:
            text = tr("{at} of {count}").format(at=grouped(self._at + 1), count=count)
        else:
            text = tr("{count} found").format(count=count)
        self.panel.count.show_text(text)

    def _offer(self, at: QPoint) -> None:
        """What can be done with the current line."""
        tree, node, signals = self.tree, self.panel.tree.node, self._page.signals
        if tree is None or node is None:
            return
        menu = self.panel.tree.menu()
        entity, field, column = tree.entity, tree.field_of(node), tree.column_of(node)

        def add(text: str, do: Callable[[], object], *, enabled: bool = True) -> None:
            action = plain.action(menu, text)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False: do())
            menu.addAction(action)

        add(tr("Copy &value"), self.copy_value, enabled=node.stretch is None)
        add(tr("Copy &path"), self.copy_path)
        menu.addSeparator()
        add(
            tr("Show as a &column of the state"),
            lambda: signals.state_column_asked.emit(column),
            enabled=bool(column),
        )
        add(
            tr("&Watch it, or no longer"),
            lambda: signals.watch_asked.emit(entity, column),
            enabled=bool(column),
        )
        if column != field:  # for the whole of a field the menu below has it
            add(
                tr("&Plot it over time"),
                lambda: signals.plot_asked.emit(entity, column),
                enabled=bool(column),
            )
        menu.addSeparator()
        signals.value_menu_made.emit(menu, entity, field)
        menu.popup(at)
