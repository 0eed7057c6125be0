"""Does a lesson say what it means, its prose nothing active, and is a wrong one refused with its line?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.language import speak
from explorer.resources import resource, spoken_resource
from explorer.session.document import Document
from explorer.session.lessons import LessonError, is_lesson, read_lesson
from explorer.session.lessons.answers import judged
from explorer.session.lessons.exhibits import (
    CommandExhibit,
    SchemaVersions,
    SnapshotReplay,
    UpcastExhibit,
    exhibit,
)
from explorer.session.lessons.frames import Frame
from explorer.session.lessons.lesson import Go, Lesson, Select, Span
from explorer.session.lessons.mutable_row import MutableRow, ThreeQuestions
from explorer.session.lessons.notebook import Given, Notebook
from explorer.session.lessons.reading import Prose, counterpart, lessons, parse, relative, tokens, words
from explorer.session.lessons.staging import Scene, done_at, is_done, lesson_recipe, second_recipe, staged
from explorer.session.options import OpenOptions, Recipe
from explorer.session.reasons.spoken import spoken

THREE = resource("samples", "three-events.jsonl")
ONE = resource("samples", "one-account.jsonl")
HEAD = "---\ntitle: T\nlog: three-events.jsonl\n---\n"
HERE = Path("week-1.md")


def stage(text: str) -> list[Scene]:
    lesson = parse(text, HERE)
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    try:
        return staged(lesson, document)
    finally:
        document.close()


def do(*lines: str) -> str:
    return HEAD + "\n## One\n\n```do\n" + "\n".join(lines) + "\n```\n"


@pytest.fixture
def three():
    document = Document.open(str(THREE))
    yield document
    document.close()


@pytest.fixture
def one():
    document = Document.open(str(ONE))
    yield document
    document.close()


# --- the guide and what comes with the program ---------------------------------------------------


def guide_lesson() -> str:
    guide = resource("guide", "lessons.md").read_text(encoding="utf-8")
    return guide.split("```markdown\n", 1)[1].split("\n```\n\n## The head", 1)[0] + "\n"


def test_the_lesson_of_the_guide_is_one() -> None:
    scenes = stage(guide_lesson())
    assert [scene.position for scene in scenes] == [1, 2, 3]
    assert scenes[1].expected is not None
    assert scenes[1].expected.value == 20
    assert scenes[1].expected.how == "50 − 30 = 20"


def test_every_line_that_the_guide_lists_is_understood() -> None:
    guide = resource("guide", "lessons.md").read_text(encoding="utf-8")
    body = guide.split("## Steps", 1)[1].split("## In front of", 1)[0]
    rows = [line.split("`")[1].replace("\\|", "|") for line in body.splitlines() if line.startswith("| `")]
    assert len(rows) > 18
    for said in rows:
        word = said.split(":")[0]
        others = {
            "predict": ["answer: type at 3"],
            "choices": ["predict: ?", "answer: type at 3"],
            "answer": ["predict: ?"],
            "task": ["check: acc-1 balance = 20"],
            "check": ["task: ."],
        }.get(word, [])
        step = parse(do(said, *others), HERE).steps[0]
        assert step.actions or step.question or step.task, said


@pytest.mark.parametrize("name", [path.name for path in lessons()])
def test_a_lesson_in_german_does_what_the_english_one_does(name: str) -> None:
    english, german = read_lesson(resource("lessons", name)), read_lesson(resource("lessons", "de", name))
    assert (english.log, english.read_model, english.upcasters) == (
        german.log,
        german.read_model,
        german.upcasters,
    )
    assert len(english.steps) == len(german.steps)
    for one, other in zip(english.steps, german.steps, strict=True):
        done = [[str(replace(each, line=0)) for each in step.actions] for step in (one, other)]
        assert done[0] == [said.replace("../", "") for said in done[1]]
        assert [block.kind for block in one.blocks] == [block.kind for block in other.blocks]
        assert (one.question is None, one.task is None) == (other.question is None, other.task is None)
        if one.question is not None:
            assert len(one.question.choices) == len(other.question.choices)
            assert one.question.text != other.question.text
        if one.task is not None:
            assert one.task.condition == other.task.condition


def test_the_lesson_of_the_language_that_is_spoken_is_given_if_there_is_one() -> None:
    name = lessons()[0].name
    speak(str, "de")
    assert spoken_resource("lessons", name) == resource("lessons", "de", name)
    assert counterpart(resource("lessons", name)) == resource("lessons", "de", name)
    assert counterpart(Path("/tmp") / name) == Path("/tmp") / name  # noqa: S108 - one of a person's own
    speak(str, "tlh")
    assert spoken_resource("lessons", name) == resource("lessons", name)
    speak()
    assert counterpart(resource("lessons", "de", name)) == resource("lessons", name)


@pytest.mark.parametrize(
    "path", [*lessons(), *lessons("de")], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_each_lesson_that_comes_with_the_program_fits_its_log(path: Path) -> None:
    lesson = read_lesson(path)
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    try:
        scenes = staged(lesson, document)
    finally:
        document.close()
    assert 8 <= len(scenes) <= 15
    assert sum(scene.step.question is not None for scene in scenes) >= 2
    assert lesson.about
    assert is_lesson(str(path))


@pytest.mark.parametrize("path", [*lessons("en"), *lessons("de")], ids=str)
def test_no_step_gives_away_what_the_rules_say_before_it_is_asked(path: Path) -> None:
    lesson = read_lesson(path)
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    try:
        scenes = staged(lesson, document)
    finally:
        document.close()
    seen = set()
    for scene in scenes:
        asked = scene.step.question
        if asked is not None and asked.answer.kind == "decision":
            command = asked.answer.command
            assert command is not None
            assert (scene.position, command.name, command.entity, command.fields) not in seen, (
                scene.step.title
            )
        shown = scene.step.exhibit
        if shown is not None and shown.kind == "command":
            seen.add((scene.position, shown.name, shown.entity, shown.fields))


# --- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# x", "week-1.md, line 1: a lesson begins with a line --- and a head: title, log"),
        ("---\ntitle: T\n", "week-1.md, line 2: the head is not closed by a line ---"),
        ("---\ntitle: T\n---\n## A\n", "week-1.md, line 1: its head names no “log:”"),
        ("---\ntitel: T\n---\n", "week-1.md, line 2: the head has no “titel”"),
        ("---\ntitle: T\nlog: none.jsonl\n---\n", "week-1.md, line 3: there is no file “none.jsonl”"),
        (HEAD, "week-1.md, line 4: it has no step"),
        (HEAD + "\ntext\n", "week-1.md, line 6: text stands before the first step"),
        (HEAD + "\n# One\n", "week-1.md, line 6: a step begins with ## and its title"),
        (do("move: 3"), "week-1.md, line 9: there is no “move:”; a step can do go, select"),
        (do("go: 1", "go"), "week-1.md, line 10: there is no “go:”"),
        (do("go:"), "week-1.md, line 9: “go:” says nothing"),
        (do("go: 4"), "week-1.md, line 9: "),
        (do("select: acc-1"), "week-1.md, line 9: it is written select: ACCOUNT FIELD"),
        (do("select: acc-9 balance"), "week-1.md, line 9: the log has no account “acc-9”"),
        (do("select: acc-1 balence"), "week-1.md, line 9: there is no field “balence”; there are owner, bal"),
        (do("highlight: panel sky"), "week-1.md, line 9: there is no panel “sky”"),
        (do("highlight: sky"), "week-1.md, line 9: “highlight: sky” is none of value"),
        (do("show: film"), "week-1.md, line 9: “show: film” is none of row ACCOUNT"),
        (do("show: read-model none.sql"), "week-1.md, line 9: none.sql: it cannot be read"),
        (do("show: read-model x.py"), "week-1.md, line 9: a lesson's read models are written in SQL"),
        (do("predict: How much?"), "week-1.md, line 9: a prediction needs an “answer:”"),
        (do("answer: type at 1"), "week-1.md, line 9: there is no “predict:”"),
        (do("predict: ?", "predict: ?"), "week-1.md, line 10: a step has only one “predict:”"),
        (do("predict: ?", "answer: 20"), "week-1.md, line 10: “answer: 20” is none of value"),
        (do("predict: ?", "answer: value acc-1 balance"), "week-1.md, line 10: account “acc-1” does not exist"),
        (do("go: 2", "predict: ?", "choices: 1 | 2", "answer: value acc-1 balance"),
         "week-1.md, line 12: none of the choices is the right answer, 50"),
        (do("predict: ?", "answer: first acc-1 balance < 0"), "week-1.md, line 10: “balance < 0” never holds"),
        (do("task: go"), "week-1.md, line 9: “task:” and “check:” belong together"),
        (do("task: go", "check: acc-1 balance < 0"), "week-1.md, line 9: “balance < 0” never holds for acc-1"),
        (do("task: go", "check: acc-1 balance <"), "week-1.md, line 9: “balance <” is not a condition"),
        (do("show: command Steal acc-1 amount=1"), "week-1.md, line 9: there is no command “Steal”; there are Open"),
        (do("show: command Deposit acc-1"), "week-1.md, line 9: Deposit needs amount=…"),
        (do("show: command Deposit acc-1 amount=x"), "week-1.md, line 9: x is no amount"),
        (do("show: command Freeze acc-1 amount=1"), "week-1.md, line 9: Freeze has no “amount”"),
        (do("show: command Deposit acc-1 amount"), "week-1.md, line 9: “amount” is not written FIELD=VALUE"),
        (do("show: upcast"), "week-1.md, line 9: the lesson's head names no “upcasters:”"),
        (do("predict: ?", "answer: decision Steal acc-1"), "week-1.md, line 10: there is no command “Steal”"),
        (HEAD.replace("log:", "upcasters: x.toml\nlog:") + "## A\n", "week-1.md, line 3: there is no file “x.toml”"),
        (HEAD.replace("log:", "read-model: none\nlog:") + "## A\n", "week-1.md, line 3: none: there is no such"),
        (do('select: "acc-1 balance'), "week-1.md, line 9: a quotation mark is not closed"),
        (HEAD + "\n## A\n\n![x](/etc/passwd)\n", "week-1.md, line 8: there is no picture “/etc/passwd”"),
    ],
)  # fmt: skip
def test_a_lesson_with_a_mistake_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(LessonError) as error:
        stage(text)
    assert str(error.value).startswith(said), str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_text_or_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"---\n\xff")
    with pytest.raises(LessonError, match=r"a\.md: byte 4 is not UTF-8 text"):
        read_lesson(tmp_path / "a.md")
    with pytest.raises(LessonError, match=r"b\.md: it cannot be read: No such file"):
        read_lesson(tmp_path / "b.md")


def test_only_a_markdown_file_with_a_head_is_taken_for_a_lesson(tmp_path: Path) -> None:
    for name, text, taken in (
        ("a.md", HEAD, True),
        ("b.md", "# Notes\n", False),
        ("c.jsonl", HEAD, False),
        ("d.md", '{"type":"AccountOpened","at":"2026-01-01"}\n', False),
        ("e.md", "---\nother: 1\n---\n", False),
    ):
        (tmp_path / name).write_text(text)
        assert is_lesson(str(tmp_path / name)) is taken, name
    assert not is_lesson(str(tmp_path))
    assert not is_lesson(str(tmp_path / "none.md"))


# --- what is written -----------------------------------------------------------------------------


def test_prose_becomes_blocks_and_html_stays_text() -> None:
    text = (
        HEAD
        + "\n## A *b*\n\nx **y** `z`\n<img src=x>\n\n1. one\n2. two\n   - in\n\n> said\n\n```sql\nSELECT 1\n```\n"
    )
    step = parse(text, HERE).steps[0]
    assert step.title == "A b"
    kinds = [(block.kind, block.depth, block.number, block.text) for block in step.blocks]
    assert kinds == [
        ("text", 0, None, "x y z <img src=x>"),
        ("item", 1, 1, "one"),
        ("item", 1, 2, "two"),
        ("item", 2, None, "in"),
        ("quote", 0, None, "said"),
        ("code", 0, None, "SELECT 1"),
    ]
    looks = [(span.text, span.bold, span.code) for span in step.blocks[0].spans]
    assert looks == [
        ("x ", False, False),
        ("y", True, False),
        (" ", False, False),
        ("z", False, True),
        (" <img src=x>", False, False),
    ]


def test_actions_stand_in_the_order_in_which_they_are_written() -> None:
    step = parse(do("go: 2", 'select: "my acc" balance'), HERE).steps[0]
    assert step.actions == (Go(9, "2"), Select(10, "my acc", "balance"))


def test_a_relative_place_counts_from_the_step_before() -> None:
    text = HEAD + "".join(
        f"\n## {n}\n\n```do\ngo: {where}\n```\n" for n, where in enumerate(["start", "+1", "+1", "end"])
    )
    assert [scene.position for scene in stage(text)] == [0, 1, 2, 3]


AS_TWENTY = (
    "20 EUR",
    "20,00",
    "€20",
    "20 euros",
    "EUR 20",
    "20.00 €",
    "20.0 eur",
    "+20",
    "20 Euro",
    "€ 20,00",
)
NOT_TWENTY = (
    "20 EURO USD",
    "20 apples",
    "€",
    "2 0",
    "20,01 €",
    "20,000 EUR",
    "-20",
    "20 000",
    "€20€",
    "20-20",
)


@pytest.mark.parametrize(
    ("given", "right", "is_right"),
    [
        ("20", 20, True), (" 20.00 ", 20, True), ("+20", 20, True), ("20.01", 20, False), ("", 20, False),
        ("−30", -30, True), ("1,220.00", 1220, True), ("12,20", 1220, False), ("twenty", 20, False),
        ("ada", "Ada", True), ('"Ada"', "Ada", True), ("20 EUR", {"EUR": 20}, True), ("20", {"EUR": 20}, True),
        ("1e999999999", 20, False), ("20", "20", True),
        *((text, 20, True) for text in AS_TWENTY), *((text, {"EUR": 20}, True) for text in AS_TWENTY),
        *((text, 20, False) for text in NOT_TWENTY), *((text, {"EUR": 20}, False) for text in NOT_TWENTY),
        ("20 USD", {"EUR": 20}, False), ("$20", {"EUR": 20}, False), ("20 dollars", {"EUR": 20}, False),
        ("20 Kr", {"DKK": 20}, True), ("20 points", {"points": 20}, True), ("20 EUR", {"points": 20}, False),
        ("1,000.00", 1000, True), ("1.000,00", 1000, True), ("1 000,00 €", 1000, True), ("1'000.00", 1000, True),
        ("1,000", 1000, True), ("1,000,000", 1_000_000, True), ("1.000.000", 1_000_000, True), ("1.000", 1000, False),
        ("1,00.00", 100, False), ("1.00.00", 100, False), ("0,500", Decimal("0.5"), True),
        ("−1,5 €", Decimal("-1.5"), True),
        ("€-20", -20, True), ("-€20", -20, True), ("20.00 EUR, 5 USD", {"EUR": 20, "USD": 5}, True),
        ("5 $ and 20,00 €", {"EUR": 20, "USD": 5}, True), ("20, 5", {"EUR": 20, "USD": 5}, False),
        ("20 EUR", {"EUR": 20, "USD": 5}, False), ("5 EUR, 20 USD", {"EUR": 20, "USD": 5}, False),
    ],
)  # fmt: skip
def test_an_answer_is_judged_to_the_last_digit(given: str, right: object, is_right: bool) -> None:
    assert judged(given, right) is is_right


def test_what_is_counted_is_in_no_currency() -> None:
    assert judged("9", 9, counted=True)
    assert not judged("9 EUR", 9, counted=True)


def test_in_german_a_point_may_group_and_a_comma_begin_the_decimals() -> None:
    speak(str, "de")
    try:
        assert judged("1.220", 1220)
        assert judged("1.220", Decimal("1.22"))
        assert judged("1,220", Decimal("1.22"))
        assert judged("1,220", 1220)
        assert not judged("0,220", 220)
    finally:
        speak()


def test_a_task_is_done_where_its_condition_holds(one: Document) -> None:
    task = read_lesson(lessons()[0]).steps[8].task
    assert task is not None
    done = [at for at in range(one.event_count + 1) if is_done(task, one, at)]
    assert done == [9]


def test_predictions_are_counted_and_can_be_saved_without_formulas() -> None:
    book = Notebook()
    for given in ("20", "50", "20", "=1+1"):
        book.note(Given("T", 3, "How much?", given, "20", given == "20"))
    assert book.tally("T", 3) == [("20", 2), ("50", 1), ("=1+1", 1)]
    assert book.tally("T", 4) == []
    lines = book.as_csv().splitlines()
    assert lines[1] == "T,3,How much?,20,20,yes,1,written"
    assert lines[4] == "T,3,How much?,'=1+1,20,no,1,written"


# --- exhibits ------------------------------------------------------------------------------------


def test_the_row_is_really_updated_and_cannot_go_back(one: Document) -> None:
    row = MutableRow(one, "acc-1")
    try:
        assert row.row() is None
        assert row.frame(2).grids[0].rows[0][2] == "50.00"
        frame = row.frame(11)
        assert frame.grids[0].rows[0][1:3] == ("Ada Berg", "20.00")
        assert frame.code[-1] == "UPDATE account SET balance = 20.00 WHERE account = 'acc-1'"
        assert row.overwritten == 10
        back = row.frame(3)
        assert back.grids == frame.grids
        assert back.notes[0].startswith("The log stands at 3, the row stays as event 11 left it")
        row.begin(3)
        assert row.frame(3).grids[0].rows[0][1:3] == ("Ada Okafor", "20.00")
    finally:
        row.close()


def test_the_row_of_an_account_with_a_hostile_name_is_only_a_row(tmp_path: Path) -> None:
    log = tmp_path / "x.jsonl"
    name = "a'); DROP TABLE account; --"
    log.write_text(
        f'{{"type":"AccountOpened","data":{{"accountId":"{name}","owner":"\'\\""}},"at":"2026-01-01"}}\n'
        f'{{"type":"MoneyDeposited","data":{{"accountId":"{name}","amount":5}},"at":"2026-01-02"}}\n'
    )
    document = Document.open(str(log))
    row = MutableRow(document, name)
    try:
        assert row.frame(2).grids[0].rows[0][:3] == (name, "'\"", "5")
    finally:
        row.close()
        document.close()


def test_the_log_answers_what_the_row_cannot(one: Document) -> None:
    asked = ThreeQuestions(one, "acc-1", "balance", "2026-01-06")
    try:
        rows = asked.frame(11).grids[0].rows
        assert rows[0][1] == "It is 20.00. How, I cannot know."
        assert rows[0][2].startswith("+50.00 −30.00 ")  # from its very beginning
        assert rows[0][2].endswith("−54.50 −480.00 = 20.00")
        assert "01-09  +25.50  refund: ticket charged twice" in rows[1][2]
        assert rows[2][2] == "580.00  (event 5)"
        assert asked.frame(3).grids[0].rows[2][2] == "That is still to come."
    finally:
        asked.close()


def test_replays_are_counted_and_come_to_the_same_state(one: Document) -> None:
    replay = SnapshotReplay(one, Recipe("accounts"), 4)
    assert [replay.counts(at) for at in (0, 3, 4, 10, 11)] == [
        (0, 0, True), (3, 3, True), (4, 0, True), (10, 2, True), (11, 3, True),
    ]  # fmt: skip
    strips = replay.frame(10).strips
    assert [(strip.start, strip.stop) for strip in strips] == [(0, 10), (8, 10)]
    assert strips[1].marks == (4, 8)
    assert strips[1].caption == "A snapshot every 4: 2 events replayed"


def test_a_command_is_judged_where_one_stands_and_writes_nothing(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(THREE.read_bytes())
    document = Document.open(str(log))
    show = parse(do("show: command Withdraw acc-1 amount=30"), HERE).steps[0].exhibit
    assert show is not None
    verdict = CommandExhibit(document, show)
    try:
        frames = [verdict.frame(at) for at in range(4)]
        assert [frame.good for frame in frames] == [False, False, True, False]
        assert frames[0].notes == ("✗ Rejected: there is no account acc-1.", "No event is written.")
        assert frames[2].notes[1] == 'MoneyWithdrawn: accountId "acc-1", amount 30'
        assert frames[3].notes[0] == "✗ Rejected: acc-1 has 20, which is less than 30."
        assert frames[3].grids[0].rows == (("acc-1", "open", "20"),)
    finally:
        document.close()
    assert log.read_bytes() == THREE.read_bytes()


def test_an_old_event_is_shown_as_it_was_written_and_as_it_is_read() -> None:
    lesson = read_lesson(resource("lessons", "4-snapshots-and-versions.md"))
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    lifted, versions = UpcastExhibit(document), SchemaVersions(document)
    try:
        grid = lifted.frame(2).grids[0]
        assert grid.columns == ("member", "schema 1", "schema 2")
        assert ("amt", "5000", "−") in grid.rows
        assert ("amount", "", "+ 50.00") in grid.rows
        assert lifted.frame(61).notes == ("Version 2 is the newest: nothing is done to it.",)
        assert sum(int(row[2]) for row in versions.frame(2).grids[0].rows) == document.event_count
    finally:
        lifted.close()
        versions.close()
        document.close()


# --- said aloud ----------------------------------------------------------------------------------


def test_a_step_is_said_in_one_sentence(three: Document, one: Document) -> None:
    assert spoken(three, 0) == "Nothing has happened yet."
    assert spoken(three, 1) == 'AccountOpened on 1 January: owner set to "Ada"; status set to "open"'
    assert spoken(three, 3) == "MoneyWithdrawn 30 on 3 January: 50 − 30 = 20"
    assert spoken(one, 8) == 'OwnerChanged on 8 January: owner "Ada Okafor" → "Ada Berg"'


def test_a_transfer_names_both_accounts() -> None:
    bank = Document.open(str(resource("samples", "small-bank.jsonl")))
    try:
        assert spoken(bank, 18) == (
            "MoneyTransferred 115.00 on 2 January: acc-2 1234.56 − 115.00 = 1119.56; acc-6 300.00 + 115.00 = 415.00"
        )
    finally:
        bank.close()


def test_what_is_spoken_and_what_the_rules_refuse_is_said_in_the_language_that_is_spoken(
    tmp_path: Path,
) -> None:
    words = {
        "February": "Februar",
        "{day} {month}": "{day}. {month}",
        "{event} on {day}": "{event} am {day}",
        "{account} has {held}, which is less than {amount}": "{account} hat {held}, weniger als {amount}",
    }
    lesson = read_lesson(lessons()[1])
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    speak(lambda text: words.get(text, text), "de")
    try:
        assert spoken(document, 4) == "MoneyWithdrawn 30.00 am 3. Februar: 50.00 − 30.00 = 20.00"
        refused = staged(lesson, document)[3].expected
        assert refused is not None
        assert refused.how == "acc-1 hat 20.00, weniger als 30"
    finally:
        speak()
        document.close()


# --- what the prose says and what is shown -------------------------------------------------------

EVERY = [*lessons(), *lessons("de")]
PLACES = {  # of each step that asks one to go somewhere: the places that are right, and no others
    ("1-source-of-truth.md", 6): [5],
    ("1-source-of-truth.md", 9): [9],
    ("2-commands-and-events.md", 7): [2, 3, 8],
    ("2-commands-and-events.md", 10): [1, 9],
    ("3-read-models.md", 7): [*range(167, 234)],
}


def names(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@contextmanager
def given(path: Path) -> Iterator[tuple[Document, list[Scene], Lesson]]:
    lesson = read_lesson(path)
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    try:
        yield document, staged(lesson, document), lesson
    finally:
        document.close()


def frames(document: Document, lesson: Lesson, scene: Scene, *places: int) -> list[Frame]:
    """What the exhibit of a step shows at these places."""
    shown = scene.step.exhibit
    if shown is None:
        return []
    second = second_recipe(lesson, shown) if shown.kind == "read-model" else None
    made = exhibit(shown, document, lesson_recipe(lesson), second)
    if made is None:
        return []
    try:
        made.begin(
            next(at for action, at in zip(scene.step.actions, scene.places, strict=True) if action is shown)
        )
        return [made.frame(at) for at in places]
    finally:
        made.close()


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_each_task_is_done_at_the_places_it_asks_for_and_at_no_other(path: Path) -> None:
    with given(path) as (document, scenes, _):
        tasks = {(path.name, at): scene.step.task for at, scene in enumerate(scenes, 1) if scene.step.task}
        assert tasks.keys() == {key for key in PLACES if key[0] == path.name}
        for key, task in tasks.items():
            done = [at for at in range(document.event_count + 1) if is_done(task, document, at)]
            assert done == PLACES[key]


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_no_check_says_another_thing_than_the_exhibit_beside_it(path: Path) -> None:
    with given(path) as (document, scenes, lesson):
        for scene in scenes:
            task = scene.step.task
            if task is not None and scene.step.exhibit is not None and scene.step.exhibit.kind == "command":
                places = range(document.event_count + 1)
                verdicts = [frame.good for frame in frames(document, lesson, scene, *places)]
                assert verdicts == [is_done(task, document, at) for at in places]


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_every_amount_that_the_prose_names_stands_on_the_screen_at_that_place(path: Path) -> None:
    with given(path) as (document, scenes, lesson):
        events = [document.entry(row) for row in range(document.entry_count)]
        log = " ".join(f"{each.at_text} {each.type} {each.summary}" for each in events)
        for scene in scenes:
            places = [scene.position]
            if scene.expected is not None:
                places.append(scene.expected.position)
            if scene.step.task is not None:
                places += [each.start for each in done_at(scene.step.task, document)]
            seen = [log, *map(repr, frames(document, lesson, scene, *places))]
            for at in places:
                view = document.state(at)
                seen += [
                    view.text(row, column)
                    for row in range(view.row_count)
                    for column in range(len(view.columns))
                ]
                explained = document.why(document.entity_at(at) or "acc-1", "balance")
                seen += [
                    explained[i].explanation for i in range(len(explained)) if explained.positions[i] <= at
                ]
            shown = " ".join(seen)
            words = " ".join(block.text for block in scene.step.blocks if block.kind != "code")
            words += " " + (scene.step.task.text if scene.step.task else "")
            for amount in re.findall(r"[0-9]+\.[0-9]{2}", words):
                assert amount in shown, (scene.step.title, amount)
            for clock in re.findall(r"[0-9]{2}:[0-9]{2}:[0-9]{2}", words):
                assert clock in log
            for place in re.findall(r"(?:[Ee]vents?|Ereignis(?:se)?) ([0-9]+)", words):
                assert 1 <= int(place) <= document.event_count
            for span in (each for block in scene.step.blocks for each in block.spans if each.code):
                if re.fullmatch(r"[A-Z][a-z]+[A-Z][A-Za-z]+", span.text):
                    assert span.text in log


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_a_query_in_the_prose_is_the_one_whose_table_is_shown(path: Path) -> None:
    for step in read_lesson(path).steps:
        shown = step.exhibit
        told = [block.text for block in step.blocks if block.language == "sql"]
        if told and shown is not None and shown.kind == "read-model":
            query = (path.parent / shown.name).resolve().read_text(encoding="utf-8")
            lines = [line for line in query.splitlines() if not line.startswith("--")]
            assert " ".join(lines).split() == told[0].split()


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_each_question_has_a_right_answer_and_wrong_ones(path: Path) -> None:
    with given(path) as (_document, scenes, _):
        for scene in scenes:
            asked, right = scene.step.question, scene.expected
            if asked is None or right is None:
                continue
            for text in (right.text, f" {right.text} "):
                assert judged(text, right.value, counted=right.counted)
            wrong = [each for each in asked.choices if not judged(each, right.value)] or [
                "1",
                "77",
                "nothing",
            ]
            assert len(wrong) == len(asked.choices) - 1 or not asked.choices
            assert not any(judged(text, right.value, counted=right.counted) for text in wrong)


@pytest.mark.parametrize("path", EVERY, ids=names)
def test_no_answer_has_stood_on_the_screen_before_it_is_asked(path: Path) -> None:
    with given(path) as (document, scenes, _):
        been: set[int] = set()
        for scene in scenes:
            asked, right = scene.step.question, scene.expected
            been.add(scene.position)
            if asked is not None and right is not None and asked.answer.kind == "value":
                assert right.position not in been, scene.step.title
            if asked is not None and asked.answer.kind == "changes":
                chosen = {
                    (each.entity, each.field)
                    for before in scenes[: scenes.index(scene)]
                    for each in before.step.actions
                    if isinstance(each, Select) and document.event_count == 406
                }
                assert (asked.answer.entity, asked.answer.field) not in chosen, scene.step.title


def test_the_row_differs_in_the_owner_alone_where_the_lesson_says_so(one: Document) -> None:
    early, late = one.state(3), one.state(11)
    differ = [name for at, name in enumerate(early.columns) if early.text(0, at) != late.text(0, at)]
    assert differ == ["owner", "version"]  # and a row counts no events
    for path in (lessons()[0], lessons("de")[0]):
        told = " ".join(block.text for block in read_lesson(path).steps[9].blocks)
        assert "Ada Berg" in told
        assert "the same" not in told
        assert "derselbe" not in told


def test_lesson_three_steps_on_to_the_events_that_it_names() -> None:
    with given(lessons()[2]) as (document, scenes, lesson):
        assert [document.event(at).type for at in (142, 141)] == ["MoneyWithdrawn", "OwnerChanged"]
        marks = [frame.grids[0].marked for frame in frames(document, lesson, scenes[3], 142, 141)]
        assert [bool(each) for each in marks] == [True, False]
        (shown,) = frames(document, lesson, scenes[2], scenes[2].position)
        assert shown.grids[0].marked  # the event there has done something to the table


def test_what_is_not_named_yet_is_not_shown_in_lesson_four() -> None:
    with given(lessons()[3]) as (document, scenes, lesson):
        (first,) = frames(document, lesson, scenes[0], scenes[0].position)
        assert [strip.caption for strip in first.strips] == ["From the beginning: 120 events replayed"]
        assert first.strips[0].marks == ()
        assert document.event_count == 120


def test_a_check_may_ask_the_rules_and_a_task_that_nobody_could_do_is_refused() -> None:
    (scene,) = stage(do("task: T", "check: decision Withdraw acc-1 amount=30"))
    assert scene.step.task is not None
    for lines, said in (
        (
            ("task: T", "check: decision Withdraw acc-1 amount=3000"),
            "the rules never accept Withdraw for acc-1",
        ),
        (("task: T", "check: decision Withdraw acc-1"), "Withdraw needs amount="),
        (("task: T", "check: decision"), "a check is written check: ACCOUNT CONDITION"),
        (("task: T", "check: decision Withdraw acc-9 amount=3"), "the log has no account “acc-9”"),
    ):
        with pytest.raises(LessonError, match=said):
            stage(do(*lines))


def passages(text):
    prose = Prose("week-1.md")
    for token in tokens(text):
        prose.take(token, 1 + (token.map or [0])[0])
    return prose.blocks


def test_lists_keep_their_numbers_and_depth():
    found = passages("3. three\n4. four\n   - below\n\n   more of four\n")
    assert [(each.kind, each.number, each.depth, each.text) for each in found] == [
        ("item", 3, 1, "three"),
        ("item", 4, 1, "four"),
        ("item", None, 2, "below"),
        ("text", None, 1, "more of four"),
    ]


def test_a_look_is_kept_and_neighbours_of_one_look_are_one_span():
    (found,) = passages("a\nb **bold *both*** `x < y`")
    assert found.spans == (
        Span("a b "),
        Span("bold ", bold=True),
        Span("both", bold=True, italic=True),
        Span(" "),
        Span("x < y", code=True),
    )


def test_html_is_text_and_a_link_is_read_not_opened():
    (found,) = passages("<b onclick=x>hi</b> [here](http://a.example)")
    assert found.text == "<b onclick=x>hi</b> here (http://a.example)"


def test_code_quotes_and_headings_are_told_apart():
    found = passages("## Head\n\n> said\n\n```sql\nSELECT 1\n```\n")
    assert [(each.kind, each.text, each.language) for each in found] == [
        ("heading", "Head", ""),
        ("quote", "said", ""),
        ("code", "SELECT 1", "sql"),
    ]


@pytest.mark.parametrize(
    "source", ["../icons/app.svg", "/etc/passwd", "nothing.png", "http://a.example/x.png"]
)
def test_a_picture_comes_with_the_program_or_not_at_all(source):
    with pytest.raises(LessonError, match=r"week-1\.md, line 1: there is no picture"):
        passages(f"![a]({source})")


def test_a_picture_of_the_program_is_named_from_its_folder():
    (found,) = passages("![How it grows](growth.svg)")
    assert found.picture is not None
    assert (found.kind, found.text, relative(found.picture)) == (
        "picture",
        "How it grows",
        "pictures/growth.svg",
    )


def test_the_words_of_a_line_have_no_look():
    inline = next(each for each in tokens("a **b** `c`") if each.type == "inline")
    assert words(inline) == "a b c"


# --- all mistakes at once ------------------------------------------------------------------------


def test_all_mistakes_of_a_lesson_are_said_at_once_each_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text(
        "---\ntitle: T\nlog: three-events.jsonl\nlogg: x\n---\n\n## A\n\n```do\ngoo: 1\nanswer: nothing\n"
        "predict: What?\n```\n\n## B\n\n```do\ntask: Do it\n```\n"
    )
    with pytest.raises(LessonError) as error:
        read_lesson(tmp_path / "own.md")
    told = str(error.value).split("\n")
    assert [line.split(":")[0] for line in told] == [f"own.md, line {at}" for at in (4, 10, 11, 18)]
    assert "belong together" in told[-1]


def test_all_mistakes_that_only_the_log_shows_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text(
        "---\ntitle: T\nlog: three-events.jsonl\n---\n\n## A\n\n```do\nselect: acc-1 balence\ngo: 99\n```\n\n"
        "## B\n\n```do\nselect: acc-9 balance\n```\n"
    )
    lesson = read_lesson(tmp_path / "own.md")
    document = Document.open(str(lesson.log))
    try:
        with pytest.raises(LessonError) as error:
            staged(lesson, document)
    finally:
        document.close()
    told = [line.split(":")[0] for line in str(error.value).split("\n")]
    assert told == ["own.md, line 9", "own.md, line 10", "own.md, line 16"]
