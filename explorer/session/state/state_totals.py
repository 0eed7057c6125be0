"""What do the entities come to that the filter lets through?"""

import numpy as np

from explorer.history.explain import number
from explorer.history.groups import Subtotals, counts
from explorer.session.plaintext import visible
from explorer.session.state.stateview import StateView, whole_text

MOST_KINDS = 6  # more values than these are no summary


def kept_totals_text(view: StateView) -> str:
    """`balance 41,230.12 EUR + 310.00 USD · status 21 open, 2 closed`, of what passes the filter alone."""
    parts = []
    codes = view.rows.kept
    for column in view.shown:
        if column.field is None or column.field.fold == "count":
            continue
        if column.adds:
            sums = Subtotals(view.state, column.field, codes, np.zeros(len(codes), np.int64), 1).of(0)
            if column.key is not None:
                sums = {key: total for key, total in sums.items() if key == column.key}
            said = " + ".join(f"{number(total)} {key or ''}".rstrip() for key, total in sums.items() if total)
        else:
            found = counts(view.state, column, codes, MOST_KINDS)
            if not found or all(count == 1 for count in found.values()):
                continue
            said = ", ".join(f"{count:,} {whole_text(value)}" for value, count in found.items())
        if said:
            parts.append(visible(f"{column.name} {said}", 200))
    return " · ".join(parts)
