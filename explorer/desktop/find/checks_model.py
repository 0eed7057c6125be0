"""Which conditions must always hold, and how often was each broken, as rows on screen?"""

from PySide6.QtCore import QObject, Signal

from explorer.desktop.tables.table_model import CENTRE, Cell, Head, Ink, TableModel
from explorer.language import grouped, later, tr
from explorer.session.find.checks import Check, Checked, Violations
from explorer.session.plaintext import visible

ON, NAME, CONDITION, BROKEN, NOW = range(5)
TITLES = (later("On"), later("Check"), later("Must always hold"), later("Broken"), later("Here"))
WIDTHS = ((ON, 5), (NAME, 26), (CONDITION, 34), (BROKEN, 14), (NOW, 12))  # in figures


class ChecksModel(TableModel):
    """One row for each check; the first column switches it on and off."""

    HEADS = tuple(map(Head, TITLES))
    switched = Signal(int, bool)  # row, whether it is on

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checked: list[Checked] = []
        self._here: dict[Check, int] = {}

    def show_checks(self, checks: list[Check]) -> None:
        """List checks that have not been looked at yet."""
        self._show([Checked(check) for check in checks])

    def show_violations(self, violations: Violations) -> None:
        """List what came of the checks."""
        self._show(violations.checked)

    def show_here(self, broken: list[tuple[Check, int]]) -> None:
        """Show which are broken where one stands."""
        self._here = dict(broken)
        self.redraw()

    def checked(self, row: int) -> Checked | None:
        """What came of the check in `row`."""
        return self._checked[row] if 0 <= row < len(self._checked) else None

    def switch(self, row: int) -> None:
        """Switch a check off, or on again."""
        found = self.checked(row)
        if found is not None:
            self.switched.emit(row, not found.check.on)

    def cells(self, row: int) -> tuple[Cell, ...]:
        found = self._checked[row]
        check, tip, here = found.check, found.problem or "", self._here.get(found.check, 0)
        ink: Ink | None = None if check.on else "future"
        if check.on and found.problem:
            ink = "warning"
        told: Ink | None = "warning" if check.on and found.hits else ink
        said = tr("on") if check.on else tr("off")
        return (
            Cell("☑" if check.on else "☐", ink, side=CENTRE, tip=tip, spoken=said),
            Cell(visible(check.name), ink, tip=tip),
            Cell(visible(check.condition), ink, tip=tip),
            Cell(_told(found), told, tip=tip),
            Cell(tr("✗ {count} broken").format(count=grouped(here)) if here else "", told, tip=tip),
        )

    def _show(self, checked: list[Checked]) -> None:
        with self.anew():
            self._checked, self._here, self.rows = list(checked), {}, len(checked)


def _told(found: Checked) -> str:
    if not found.check.on:
        return tr("off")
    if found.problem:
        return tr("cannot be read")
    if found.hits is None:
        return tr("checking…")
    count = len(found.hits)
    if not count:
        return tr("✓ never")
    return tr("✗ once") if count == 1 else tr("✗ {count} times").format(count=grouped(count))
