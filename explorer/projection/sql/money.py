"""Which columns of a query are currencies, and which of its sums are in one?"""

from collections.abc import Iterable, Mapping
from typing import Literal

from sqlglot import exp

from explorer.projection.currencies import names_currency
from explorer.projection.sql.paths import path_of

type Of = Literal["amounts", "amounts of the entity", "numbers", "mixed", "currency"]


def of_keys(keys: Mapping[str, exp.Expr]) -> Of:
    """What the sums of a query with these keys are of, if nothing else is said of them."""
    if any(is_currency(name, node) for name, node in keys.items()):
        return "amounts of the entity" if len(keys) == 1 else "amounts"
    return "mixed" if any(map(_mentions, keys.values())) else "amounts"


def is_currency(name: str, node: exp.Expr) -> bool:
    """Whether a column of the answer, called `name`, is just the currency that an event names."""
    inner, path = path_of(node)
    return names_currency(name) or (inner is None and names_currency(str(path[-1])))


def in_one_currency(parts: Iterable[exp.Expr]) -> bool:
    """Whether what is added up is chosen by its currency: `CASE data.currency WHEN 'EUR' THEN …`."""
    for part in parts:
        for node in part.walk():
            if isinstance(node, (exp.EQ, exp.In)):
                sides = (
                    [node.this, *node.expressions] if isinstance(node, exp.In) else [node.left, node.right]
                )
                if any(map(_mentions, sides)) and any(isinstance(side, exp.Literal) for side in sides):
                    return True
            if isinstance(node, exp.Case) and node.this is not None and _mentions(node.this):
                return True
    return False


def _mentions(node: exp.Expr) -> bool:
    return any(names_currency(each.name) for each in node.find_all(exp.Identifier, exp.JSONPathKey))
