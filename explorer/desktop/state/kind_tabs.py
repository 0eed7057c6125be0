"""Of which kind are the entities that the table of the state shows, where a log holds several kinds?"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QComboBox, QMenu, QTabBar, QWidget

from explorer.desktop import plain
from explorer.desktop.tasks import Handlers, LatestTask
from explorer.desktop.typing_guard import is_walking
from explorer.history.kinds import EntityKinds
from explorer.language import grouped, tr
from explorer.projection.built_in import BUILT_IN, built_in
from explorer.projection.by_kind import named_for
from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.plaintext import visible
from explorer.session.state.arrangement import Arrangement, of_kind

MOST_CHARS = 40
AT_ONCE = 200  # entities whose kinds are learnt in no time


class KindTabs(QTabBar):
    """A tab for all entities, and one for each kind; nothing where there is one kind or none."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Kinds of entities"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until there is something to choose

    def event(self, event: QEvent) -> bool:
        if is_walking(event):
            event.accept()
            return True
        return super().event(event)

    menu_asked = Signal(int, QPoint)  # for which tab, and where on the screen

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        at = self.tabAt(event.pos()) if by_mouse else self.currentIndex()
        where = event.globalPos() if by_mouse else self.mapToGlobal(self.tabRect(at).bottomLeft())
        self.menu_asked.emit(at, where)

    def show_kinds(
        self, kinds: EntityKinds | None, chosen: str | None, models: Mapping[str, str] | None = None
    ) -> None:
        """Offer these kinds; `models` says what the read models are called that some have of their own."""
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        some = kinds is not None and len(kinds) > 1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if some else Qt.FocusPolicy.NoFocus)
        if kinds is not None and some:
            self.addTab(tr("All"))
            for at, kind in enumerate(kinds.names, 1):
                self.addTab(visible(kinds.short(kind), MOST_CHARS).replace("&", "&&"))
                count = grouped(int(kinds.flags(kind).sum()))
                told = tr("{kind}: {count} in all").format(kind=visible(kind), count=count)
                if models and kind in models:
                    told += "\n" + tr("Read model: {name}").format(name=visible(models[kind], MOST_CHARS))
                self.setTabToolTip(at, plain.tip(told))
            if kinds.mixed:
                text = tr(
                    "Events say different kinds of {count} entities, such as {name}: they stand here alone"
                )
                told = text.format(count=grouped(len(kinds.mixed)), name=visible(kinds.mixed[0], MOST_CHARS))
                self.setTabToolTip(0, plain.tip(told))
            self.setCurrentIndex(0 if chosen is None else kinds.names.index(chosen) + 1)
        self.blockSignals(False)


class KindController(QObject):
    """Learns the kinds of a log beside the window, and knows which one is chosen.

    Attributes:
        tabs: Where a person chooses.
        kinds: Those of the open log, once they are known.
        chosen: The one that is shown; None: all.
    """

    changed = Signal()
    model_asked = Signal(
        str, str
    )  # a kind, and the word of the read model that it is to have; "": that of the others

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tabs = KindTabs()
        self.kinds: EntityKinds | None = None
        self.chosen: str | None = None
        self._document: Document | None = None
        self._of: str | None = None  # the log whose kinds were shown last
        self._learning = LatestTask(self)
        self.list = QComboBox()  # the same, where there is no room for a row of tabs
        self.list.setAccessibleName(self.tabs.accessibleName())
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._low = False
        self._show()
        self.tabs.currentChanged.connect(self._take)
        self.list.activated.connect(self.tabs.setCurrentIndex)
        self.tabs.menu_asked.connect(self._offer_models)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda _at: self.offer_models())

    def be_low(self, low: bool) -> None:
        """Be a list to choose from, instead of tabs."""
        if low != self._low:
            self._low = low
            self._show()

    def show_document(self, document: Document | None) -> None:
        """Another log: all its entities are shown, or, of the same one read anew, those of the kind that were."""
        again = document is not None and document.path is not None and document.path == self._of
        wanted = self.chosen if again else None
        self._learning.cancel()
        self._document, self.kinds, self.chosen = document, None, None
        if document is None:
            self._offer()
            return
        self._of = document.path
        if not again:
            self._offer()
        if len(document.recorded.entities) <= AT_ONCE:
            self._learnt(document.entity_kinds, wanted)
            return
        self._learning.start(
            lambda _report: document.entity_kinds, Handlers(lambda kinds: self._learnt(kinds, wanted))
        )

    def arrangement(self, document: Document) -> Arrangement:
        """How the entities of the chosen kind are shown unless the person wants it otherwise."""
        if self.kinds is None or self.chosen is None:
            return Arrangement()
        return of_kind(self.kinds, self.chosen, document.history, document.noun)

    def offer_models(self) -> None:
        """Let the person choose a read model for the kind that is shown, or for any."""
        widget: QWidget = self.list if self._low else self.tabs
        self._offer_models(self.tabs.currentIndex(), widget.mapToGlobal(widget.rect().bottomLeft()))

    def _offer_models(self, tab: int, where: QPoint) -> None:
        menu = self.models_menu(tab)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)

    def models_menu(self, tab: int) -> QMenu | None:
        """The read models that the kind of a tab can have, of the first tab those of each; None without kinds."""
        document, kinds = self._document, self.kinds
        if document is None or kinds is None or not self.tabs.count():
            return None
        menu = QMenu(self.tabs)
        for kind in kinds.names if tab <= 0 else [kinds.names[tab - 1]]:
            called = visible(kinds.short(kind), MOST_CHARS).replace("&", "&&")
            title = tr("Read model of {kind}").format(kind=called)
            self._add_models(menu.addMenu(title) if tab <= 0 else menu, document, kind)
        return menu

    def _add_models(self, menu: QMenu, document: Document, kind: str) -> None:
        own = _own_models(document).get(kind)
        choices = [("", tr("The same as of the others"))]
        choices += [(name, tr(built_in(name).title).capitalize()) for name in BUILT_IN]
        if own is not None and own.language:
            choices.append(("own", visible(own.name, MOST_CHARS).replace("&", "&&")))
        now = "" if own is None else "own" if own.language else own.name
        for word, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(word == now)
            action.setEnabled(word != "own")
            action.triggered.connect(partial(self._ask, kind, word))
        menu.addSeparator()
        for word, text in (
            ("file", tr("Read model from a file…")),
            ("sql", tr("Read model in SQL…")),
            ("javascript", tr("Read model in JavaScript…")),
        ):
            menu.addAction(text).triggered.connect(partial(self._ask, kind, word))

    def _ask(self, kind: str, word: str, _checked: bool = False) -> None:
        self.model_asked.emit(kind, word)

    def show_entity(self, entity: str) -> None:
        """Let an entity be among those that are shown."""
        kinds, document = self.kinds, self._document
        if kinds is None or document is None or self.chosen is None:
            return
        code = document.history.entities.find(entity)
        if code is not None and not kinds.flags(self.chosen)[code]:
            own = int(kinds.of[code])
            self.tabs.setCurrentIndex(own + 1)

    def _learnt(self, kinds: EntityKinds | None, wanted: str | None) -> None:
        self.kinds = kinds
        self.chosen = wanted if kinds is not None and wanted in kinds.names else None
        self._offer()
        if self.chosen is not None:
            self.changed.emit()

    def _offer(self) -> None:
        own = {} if self._document is None else _own_models(self._document)
        self.tabs.show_kinds(self.kinds, self.chosen, {kind: each.name for kind, each in own.items()})
        self.list.clear()
        self.list.addItems([self.tabs.tabText(at).replace("&&", "&") for at in range(self.tabs.count())])
        self._show()

    def _show(self) -> None:
        some = self.tabs.count() > 0
        self.tabs.setVisible(some and not self._low)
        self.list.setVisible(some and self._low)
        self.list.setCurrentIndex(self.tabs.currentIndex())

    def _take(self, tab: int) -> None:
        self.list.setCurrentIndex(tab)
        self.chosen = self.kinds.names[tab - 1] if self.kinds is not None and tab > 0 else None
        self.changed.emit()


def _own_models(document: Document) -> dict[str, Recipe]:
    """The recipes of the kinds that have a read model of their own."""
    recipes = dict(document.read_model.recipe.by_kind)
    kinds = document.entity_kinds if recipes else None
    found = {} if kinds is None else {kind: named_for(kind, recipes) for kind in kinds.names}
    return {kind: recipes[name] for kind, name in found.items() if name is not None}
