"""Does the graph of causes look as it did when somebody last looked at it, however long the chain?"""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.desktop.look.theme import apply_theme
from explorer.desktop.why.cause_panel import CausePanel
from explorer.session.document import Document


def chain(folder: Path, length: int) -> Path:
    """A log in which each event is caused by the one before it, and the fifth has many effects."""
    path = folder / "chain.jsonl"
    causes = [at - 1 for at in range(1, length + 1)] + [5] * 20
    path.write_text(
        "".join(
            json.dumps(
                {
                    "type": f"Step{at % 4}Done",
                    "id": f"e{at}",
                    "data": {"accountId": f"acc-{at % 3}", "amount": at},
                    "metadata": {"causationId": f"e{cause}", "correlationId": "c-1"},
                }
            )
            + "\n"
            for at, cause in enumerate(causes, 1)
        )
    )
    return path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_causes_and_effects_look_as_they_did(qtbot: QtBot, golden, tmp_path: Path, theme: str) -> None:  # type: ignore[no-untyped-def]
    apply_theme(theme)
    document = Document.open(str(chain(tmp_path, 8)))
    panel = CausePanel()
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    panel.show_document(document)
    panel.stand_at(4)
    qtbot.waitUntil(lambda: len(panel.graph.nodes) > 0)
    golden(panel.graph, f"causes-{theme}")
    apply_theme("light")
    panel.show_document(None)
    document.close()


def test_a_chain_of_ten_thousand_is_drawn_in_part_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document.open(str(chain(tmp_path, 10_000)))
    panel = CausePanel()
    qtbot.addWidget(panel)
    panel.resize(660, 240)
    panel.show()
    panel.show_document(document)
    panel.stand_at(5_000)
    qtbot.waitUntil(lambda: len(panel.graph.nodes) > 0)
    assert len(panel.graph.nodes) < 100
    assert "at least 980 earlier causes are not drawn" in panel.note.whole_text()
    assert panel.model.rowCount() == 10_020

    def in_sight() -> bool:
        seen = panel.area.viewport().rect()
        seen.moveTo(panel.area.horizontalScrollBar().value(), panel.area.verticalScrollBar().value())
        return seen.contains(panel.graph.rect_of(panel.graph.current).center())

    qtbot.waitUntil(in_sight)
    panel.grab()
    panel.show_document(None)
    document.close()
