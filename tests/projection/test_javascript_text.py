"""Is it known what a program in JavaScript defines, without running it?"""

import pytest

from explorer.projection.javascript_text import as_script, defines
from explorer.projection.program import ProgramError


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("const evolve = (s, e) => s", True),
        ("function evolve(s, e) {}", True),
        ("module.exports = { evolve(s, e) {} }", True),
        ("export default { evolve: (s) => s }", True),
        ("// const evolve = 1", False),
        ("const x = 'function evolve()'", False),
        ("if (evolve == 1) {}", False),
        ("const evolved = 1", False),
    ],
)
def test_a_name_counts_only_where_it_is_defined(text: str, there: bool) -> None:
    assert defines(text, "evolve") is there


def test_exports_are_defined_and_every_line_stays_where_it_is() -> None:
    text = "export const a = 1;\n/* export */ export const b = 2;\nexport {\n  a\n};\nexport default { a };\n"
    script = as_script(text)
    assert script.count("\n") == text.count("\n")
    assert script.split("\n")[0].strip() == "const a = 1;"
    assert script.split("\n")[5] == "module.exports = { a };"


def test_what_is_imported_cannot_be_had() -> None:
    with pytest.raises(ProgramError) as failure:
        as_script("// import x\nimport { x } from './x.js';\n")
    assert failure.value.line == 2
