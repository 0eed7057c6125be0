"""Where in which log does one stand, and how is the log read?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from explorer.desktop import plain
from explorer.language import later, tr
from explorer.projection.built_in import AUTOMATIC, BUILT_IN, built_in
from explorer.projection.by_kind import last_word
from explorer.session.document import Document
from explorer.session.options import AUTO, Recipe
from explorer.session.plaintext import visible

ORDERS = (
    ("log", later("Log order (as recorded)")),
    ("time", later("Time order (as happened)")),
    ("reversed", later("From the log's end")),
    ("sequence", later("By sequence number")),
)
ORDER_TIP = later(
    "As the log recorded the events, sorted by the time they happened, from the log's end if it is newest first, "
    "or by the numbers that the log gives them"
)


class Header(QWidget):
    """Position and moment at the left; order, read model and fields at the right."""

    order_chosen = Signal(str)
    projection_chosen = Signal(str)
    fields_asked = Signal()
    dates_chosen = Signal(str)  # what stands first in its dates: `day` or `month`

    def __init__(self) -> None:
        super().__init__()
        self._recipe = AUTO
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 4)
        row.setSpacing(8)
        self.where = plain.Steady(role="big", name=tr("Position"))
        self.moment = plain.Elided(role="muted", name=tr("Time"))
        row.addWidget(self.where)
        row.addSpacing(6)
        row.addWidget(self.moment, 1)
        self.order = self._choice(tr("Order of events"), [(key, tr(text)) for key, text in ORDERS])
        plain.set_tip(self.order, tr(ORDER_TIP))
        self.projection = self._choice(tr("Read model"), _read_models())
        plain.set_tip(self.projection, tr("How the state is derived from the events"))
        self.fields = QPushButton(tr("Fields…"))
        plain.set_tip(self.fields, tr("Which fields of the log are the type, time, account and data?"))
        self.fields.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.order.activated.connect(lambda at: self.order_chosen.emit(self.order.itemData(at)))
        self.projection.activated.connect(
            lambda at: self.projection_chosen.emit(self.projection.itemData(at))
        )
        self.fields.clicked.connect(self.fields_asked)
        for widget in (self.order, self.projection, self.fields):
            row.addWidget(widget)

    def show_document(self, document: Document, recipe: Recipe) -> None:
        """Show how `document` is read."""
        self._recipe = recipe
        self.show_order(document.order)
        at = self.projection.findData(AUTOMATIC)
        self.projection.setItemText(
            at,
            tr("Read model: {projection_name} (automatic)").format(projection_name=document.projection_name),
        )
        own = self.projection.findData("own")
        if own >= 0:
            self.projection.removeItem(own)
        if recipe.language:
            self.projection.insertItem(
                0, tr("Read model: {name}").format(name=visible(recipe.name, 40)), "own"
            )
        self._name_built_in(recipe)
        self.show_read_model()

    def _name_built_in(self, recipe: Recipe) -> None:
        """Say beside the one in use which kinds have one of their own."""
        kinds = "".join(
            f", {visible(last_word(kind), 20)}: {visible(own.name, 20)}" for kind, own in recipe.by_kind
        )
        for word, text in _read_models():
            at = self.projection.findData(word)
            if at >= 0 and word != AUTOMATIC:
                self.projection.setItemText(
                    at, text + (kinds if word == recipe.name and not recipe.language else "")
                )
        own = self.projection.findData("own")
        if own >= 0 and kinds:
            self.projection.setItemText(own, self.projection.itemText(own) + kinds)

    def show_order(self, order: str) -> None:
        """Name the order of events that is shown."""
        self.order.setCurrentIndex(self.order.findData(order))

    def show_read_model(self) -> None:
        """Name the read model in use, whatever was asked for."""
        wanted = "own" if self._recipe.language else self._recipe.name
        self.projection.setCurrentIndex(max(self.projection.findData(wanted), 0))

    def read_models(self) -> list[tuple[str, str]]:
        """The read models that can be chosen: what they are called, and their words."""
        count = self.projection.count()
        every = [(self.projection.itemText(at), self.projection.itemData(at)) for at in range(count)]
        return [(text, word) for text, word in every if word != "own"]

    def choose_read_model(self, word: str) -> None:
        """Choose one, as in the list."""
        self.projection.setCurrentIndex(self.projection.findData(word))
        self.projection_chosen.emit(word)

    def show_position(self, position: int, total: int, moment: str) -> None:
        """Show where the playhead stands."""
        said = tr("{position:,} of {total:,}")
        longest = said.format(position=total, total=total)
        self.where.show_text(said.format(position=position, total=total), longest)
        self.moment.show_text(moment)

    def _choice(self, name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for key, text in items:
            box.addItem(text, key)
        return box


def _read_models() -> list[tuple[str, str]]:
    """The words of all that can be chosen, and what each is called."""
    told = tr("Read model: {name}")
    return [
        (AUTOMATIC, tr("Read model: automatic")),
        *((name, told.format(name=tr(built_in(name).title))) for name in BUILT_IN),
        ("file", tr("Read model from a file…")),
        ("sql", tr("Read model in SQL…")),
        ("javascript", tr("Read model in JavaScript…")),
    ]
