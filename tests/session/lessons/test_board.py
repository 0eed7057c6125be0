"""Is the board that a lesson writes down read and counted, and refused where it is written otherwise?"""

from pathlib import Path

import pytest

from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import LessonError, read_lesson
from explorer.session.lessons.board import board_of_lines
from explorer.session.lessons.exhibits import exhibit
from explorer.session.lessons.staging import exhibit_frame, lesson_recipe, staged
from explorer.session.options import OpenOptions

LINES = """Open -> AccountOpened
Withdraw → MoneyWithdrawn, OverdraftRefused

whenever MoneyWithdrawn -> NoticeSent
"""
LESSON = f"---\ntitle: T\nlog: three-events.jsonl\n---\n\n## A\n\nText.\n\n```board\n{LINES}```\n\n```do\ngo: 3\n```\n"


def test_a_board_of_a_lesson_follows_the_playhead_and_names_what_the_log_does_not_have() -> None:
    document = Document.open(str(resource("samples", "three-events.jsonl")))
    try:
        made = exhibit(board_of_lines("own.md", LINES, 9), document, Recipe(), None)
        assert made is not None
        frames = [made.frame(at) for at in range(4)]
        assert [[row[2] for row in frame.grids[0].rows] for frame in frames] == [
            ["0", "0", "–", "–"],
            ["1", "0", "–", "–"],
            ["1", "0", "–", "–"],
            ["1", "1", "–", "–"],
        ]
        assert [row[:2] for row in frames[3].grids[0].rows] == [
            ("Open", "AccountOpened"),
            ("Withdraw", "MoneyWithdrawn"),
            ("", "OverdraftRefused"),
            ("whenever MoneyWithdrawn", "NoticeSent"),
        ]
        assert frames[3].grids[0].marked == {(1, 1), (1, 2)}
        assert frames[0].notes == ("This log has none of these: OverdraftRefused, NoticeSent.",)
    finally:
        document.close()


def test_a_lesson_shows_its_board_and_not_the_block_it_is_written_in(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text(LESSON)
    lesson = read_lesson(tmp_path / "own.md")
    assert [block.text for block in lesson.steps[0].blocks] == ["Text."]
    recipe = lesson_recipe(lesson)
    document = Document.open(str(lesson.log), OpenOptions(projection=recipe))
    try:
        (scene,) = staged(lesson, document)
        title, frame = exhibit_frame(lesson, scene, document, recipe, None)
        assert (title, len(frame.grids[0].rows)) == ("Commands, events and policies", 4)
    finally:
        document.close()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("Withdraw", "line 4: “Withdraw” is not written COMMAND -> EVENT"),
        ("Withdraw -> ", "line 4: “Withdraw ->” is not written"),
        ("whenever -> B", "line 4: “whenever -> B” is not written"),
        ("", "line 3: the board is empty"),
        ("\n".join(f"A -> B{at}" for at in range(41)), "line 3: the board has more than 40 lines"),
    ],
)
def test_a_board_that_is_written_otherwise_is_refused_with_its_line(lines: str, said: str) -> None:
    with pytest.raises(LessonError, match=r"own\.md") as refused:
        board_of_lines("own.md", lines, 3)
    assert said in str(refused.value)
