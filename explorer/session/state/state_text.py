"""What does the state at one position say as text: line by line, and all entities together?"""

from explorer.history.explain import number
from explorer.history.history import History
from explorer.language import grouped, tr
from explorer.projection.order import number_in
from explorer.session.plaintext import visible
from explorer.session.state.stateview import StateView, whole_text

_MOST_LINES = 1_000
_MOST_KINDS = 6  # more values than these are no summary


def state_text(view: StateView, heading: str) -> str:
    """`heading`, and a line for each entity."""
    lines = [heading]
    for row in range(min(view.row_count, _MOST_LINES)):
        cells = (f"{name} {view.text(row, at)}" for at, name in enumerate(view.columns) if view.text(row, at))
        lines.append(", ".join(cells) + ".")
    if view.row_count > _MOST_LINES:
        lines.append(tr("… and {count:,} more.").format(count=view.row_count - _MOST_LINES))
    return "\n".join(lines)


def totals_text(history: History, position: int) -> str:
    """`balance 41,230.12 EUR + 310.00 USD · status 21 open, 2 closed`; empty if nothing adds up."""
    parts = []
    for name, totals in history.totals(position).items():
        kinds = [(key, total) for key, total in totals.items() if total]
        adds = history.field_histories[name].field.adds
        if not kinds or (not adds and len(kinds) > _MOST_KINDS):
            continue
        if adds:
            said = " + ".join(f"{number(total)} {key or ''}".rstrip() for key, total in kinds)
        elif all(total == 1 for _, total in kinds) or any(number_in(key) is not None for key, _ in kinds):
            continue  # each entity has its own, or they are numbers that nobody adds up: that is no summary
        else:
            said = ", ".join(f"{grouped(total)} {whole_text(key)}" for key, total in kinds)
        parts.append(visible(f"{name} {said}", 200))
    return " · ".join(parts)
