"""How do the rows of a form stand in a dialog that scrolls?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QPushButton, QScrollArea, QWidget

from explorer.language import tr


def scrolling(inner: QWidget) -> QScrollArea:
    """An area in which something scrolls up and down; what stands in it may be made later, see `keep_whole`."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def keep_whole(area: QScrollArea) -> None:
    """Let nothing be cut at the side of what stands in it by now."""
    inner = area.widget()
    assert inner is not None
    bar = area.verticalScrollBar().sizeHint().width()
    area.setMinimumWidth(inner.minimumSizeHint().width() + bar + 8)


def empty_form() -> QFormLayout:
    """A form whose fields grow."""
    form = QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_row(form: QFormLayout, title: str, widget: QWidget) -> None:
    """Add a row; a long list in it asks for no more room."""
    widget.setAccessibleName(title)
    if isinstance(widget, QComboBox):
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        widget.setMinimumContentsLength(8)
    form.addRow(title, widget)


def choice_of(of: Sequence[tuple[object, str]]) -> QComboBox:
    """A list of which one is chosen; each item is shown in the language of the person."""
    box = QComboBox()
    for value, text in of:
        box.addItem(tr(text), value)
    return box


def button_for(text: str, press: object) -> QPushButton:
    """A button that Enter does not press from elsewhere."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    assert callable(press)
    button.clicked.connect(lambda _checked: press())
    return button
