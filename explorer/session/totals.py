"""What do all entities come to together, in one line of text?"""

from explorer.history.explain import number
from explorer.history.history import History
from explorer.session.plaintext import visible

_MOST_KINDS = 6  # more keys or values than these are no summary


def totals_text(history: History, position: int) -> str:
    """`balance 41,230.12 EUR + 310.00 USD · status 21 open, 2 closed`; empty if nothing adds up."""
    parts = []
    for name, totals in history.totals(position).items():
        kinds = [(key, total) for key, total in totals.items() if total]
        if not kinds or len(kinds) > _MOST_KINDS:
            continue
        if history.timelines[name].field.adds:
            said = " + ".join(f"{number(total)} {key or ''}".rstrip() for key, total in kinds)
        else:
            said = ", ".join(f"{total:,} {key}" for key, total in kinds)
        parts.append(visible(f"{name} {said}", 200))
    return " · ".join(parts)
