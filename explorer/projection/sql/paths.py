"""Which names, from left to right, does a column, a member or an item of a list have in a query?"""

from sqlglot import exp


def path_of(node: exp.Expr) -> tuple[exp.Expr | None, list[str | int]]:
    """Names from left to right, and what they start from if that is no column."""
    match node:
        case exp.Column():
            return None, [part.name for part in node.parts]
        case exp.Dot() if isinstance(node.expression, exp.Identifier):
            inner, path = path_of(node.this)
            return inner, [*path, node.expression.name]
        case exp.Bracket() if len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Literal):
            inner, path = path_of(node.this)
            step = node.expressions[0]
            return inner, [*path, step.name if step.is_string else int(step.name) + 1]
        case exp.JSONExtract() | exp.JSONExtractScalar() if isinstance(node.expression, exp.JSONPath):
            inner, path = path_of(node.this)
            for step in node.expression.expressions:
                if isinstance(step, exp.JSONPathKey):
                    path = [*path, str(step.this)]
                elif isinstance(step, exp.JSONPathSubscript):
                    path = [*path, int(step.this) + 1]
            return inner, path
    return node, []
