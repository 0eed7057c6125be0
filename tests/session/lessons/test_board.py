"""Is the board that a lesson writes down read and counted, and refused where it is written otherwise?"""

from pathlib import Path

import pytest

from explorer.projection.model import Recipe
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import LessonError, read_lesson
from explorer.session.lessons.board import board_of_lines, shortened
from explorer.session.lessons.exhibits import exhibit
from explorer.session.lessons.staging import exhibit_frame, lesson_recipe, staged
from explorer.session.options import OpenOptions
from explorer.session.reasons.type_board import BoardLine, Followed, TypeBoard

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
        boards = [frame.board for frame in frames if frame.board is not None]
        follows = [[each for line in board.lines for each in line.follows] for board in boards]
        assert [[each.times for each in board] for board in follows] == [
            ["0 ×", "0 ×", "–", "–"],
            ["1 ×", "0 ×", "–", "–"],
            ["1 ×", "0 ×", "–", "–"],
            ["1 ×", "1 ×", "–", "–"],
        ]
        assert [line.told for line in boards[3].lines] == [
            "Open → AccountOpened 1 ×",
            "Withdraw → MoneyWithdrawn 1 ×, OverdraftRefused –",
            "whenever MoneyWithdrawn → NoticeSent –",
        ]
        assert [each.type for each in follows[3] if each.now] == ["MoneyWithdrawn"]
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
        assert frame.board is not None
        assert (title, len(frame.board.lines)) == ("Commands, events and policies", 3)
    finally:
        document.close()


def test_of_a_board_without_room_what_has_just_happened_stays() -> None:
    board = TypeBoard(
        [
            BoardLine("command", "A", [Followed("A1", 0), Followed("A2", 0)]),
            BoardLine("command", "B", [Followed("B1", 0)]),
            BoardLine("event", "A1", [Followed("C1", 1, now=True)]),
        ],
        (),
    )
    kept, left_out = shortened(board, 2)
    assert ([line.told for line in kept.lines], left_out) == (["A → A1 0 ×", "whenever A1 → C1 1 ×"], 2)
    assert shortened(board, 4) == (board, 0)


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
