"""Does a lesson saved as a page work in a real browser, without a network, and is nothing in it ever run?"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.language import speak
from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.lessons import LessonError, read_lesson
from explorer.session.lessons.answers import RightAnswer, judged
from explorer.session.lessons.lesson import Answer, Question
from explorer.session.lessons.reading import lessons
from explorer.session.lessons.staging import Scene, lesson_recipe, staged
from explorer.session.lessons.webpage import _question, webpage
from explorer.session.options import OpenOptions
from explorer.session.state.state_view import value_text
from tests.browser import Browser, browser, chromium
from tests.session.lessons.test_reading import AS_TWENTY, NOT_TWENTY

HOSTILE = "</script><img src=x onerror=alert(1)><b>&"


def saved(path: Path) -> tuple[str, list[Scene]]:
    lesson = read_lesson(path)
    recipe = lesson_recipe(lesson)
    document = Document.open(str(lesson.log), OpenOptions(projection=recipe))
    try:
        scenes = staged(lesson, document)
        return webpage(lesson, scenes, document, recipe), scenes
    finally:
        document.close()


def data_of(page: str) -> dict:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def hostile(folder: Path) -> Path:
    (folder / "x.jsonl").write_text(
        json.dumps(
            {"type": "AccountOpened", "data": {"accountId": HOSTILE, "owner": "\ud800"}, "at": "2026-01-01"}
        )
        + "\n"
        + json.dumps(
            {"type": "MoneyDeposited", "data": {"accountId": HOSTILE, "amount": 5}, "at": "2026-01-02"}
        )
        + "\n"
    )
    (folder / "own.md").write_text(
        f"---\ntitle: {HOSTILE}\nlog: x.jsonl\n---\n\n## {HOSTILE}\n\n{HOSTILE}\n\n"
        f'```do\ngo: end\nshow: row "{HOSTILE}"\npredict: {HOSTILE}\nanswer: value "{HOSTILE}" balance\n```\n'
    )
    return folder / "own.md"


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_a_page_holds_the_exact_state_after_every_event(path: Path) -> None:
    page, scenes = saved(path)
    data = data_of(page)
    lesson = read_lesson(path)
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    try:
        for at in range(document.event_count + 1):
            view = document.state(at)
            expected = [
                [view.text(row, column) for column in range(len(view.columns))]
                for row in range(view.row_count)
            ]
            assert [data["rows"][row] for row in data["states"][at]["rows"]] == expected
    finally:
        document.close()
    assert [step["position"] for step in data["steps"]] == [scene.position for scene in scenes]
    assert len(page) < 3_000_000


def test_a_page_may_load_nothing_and_asks_for_nothing() -> None:
    page, _ = saved(lessons()[0])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src &#x27;none&#x27;; style-src &#x27;sha256-")
    assert "unsafe" not in policy[1]
    outside = re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", page)
    assert outside == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page) == []


def test_hostile_text_is_no_part_of_the_page_itself(tmp_path: Path) -> None:
    page, _ = saved(hostile(tmp_path))
    assert HOSTILE not in page
    assert "<img" not in page
    assert page.count("</script>") == 2
    assert page.isascii() or all(ord(char) < 0xD800 or ord(char) > 0xDFFF for char in page)


def test_a_log_that_is_too_long_is_refused_in_a_sentence(tmp_path: Path) -> None:
    line = '{"type":"MoneyDeposited","data":{"accountId":"a","amount":1},"at":"2026-01-01"}\n'
    (tmp_path / "x.jsonl").write_text(line * 5_001)
    (tmp_path / "own.md").write_text("---\ntitle: T\nlog: x.jsonl\n---\n\n## A\n")
    with pytest.raises(LessonError, match=r"own\.md: the log has 5,001 events; a page holds .* up to 5,000"):
        saved(tmp_path / "own.md")


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    with browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


def test_the_slider_moves_state_events_and_exhibit(chrome: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(saved(lessons()[0])[0], encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    assert tab.text("#title") == "Nothing has happened yet"
    assert tab.text("#where") == "0 / 11"
    tab.value("document.querySelector('#slider').focus()")
    for _ in range(3):
        tab.key("ArrowRight", 39)
    assert tab.text("#where") == "3 / 11"
    assert tab.text("#state tbody").startswith("acc-1Ada Okafor20.00")
    assert tab.text("#spoken") == "MoneyWithdrawn 30.00 on 3 January: 50.00 − 30.00 = 20.00"
    assert tab.text("#events tr.now").startswith("3")
    assert tab.text("#exhibit td.changed") == "20.00"
    tab.key("ArrowLeft", 37)
    assert tab.text("#where") == "2 / 11"
    assert "the row stays as event 3 left it" in tab.text("#exhibit")
    assert tab.text("#exhibit td.changed") == "20.00"
    tab.click("#events tbody tr:nth-child(1)")
    assert tab.text("#where") == "1 / 11"


def test_why_and_the_raw_event_stand_on_the_page_where_a_step_brings_them_up(
    chrome: Browser, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(saved(lessons()[0])[0], encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    for _ in range(4):
        assert tab.text("#panels") == ""
        tab.click("#next")
    told = tab.text("#panels .panel.ring")
    assert told.startswith("Why: balance of acc-1")
    assert "50.00 − 30.00 = 20.00groceries" in told
    tab.key("ArrowLeft", 37)
    assert "groceries" not in tab.text("#panels")
    assert "one more panel" not in tab.text("#exhibit")
    (tmp_path / "other.html").write_text(saved(lessons()[3])[0], encoding="utf-8")
    tab = chrome.open(tmp_path / "other.html")
    for _ in range(12):
        tab.click("#next")
    assert '"schemaVersion":1' in tab.text("#panels .panel.ring pre")
    tab.key("Home", 36)
    assert tab.text("#panels") == "Event as it stands in the log"


def test_a_panel_that_a_page_has_not_is_said(tmp_path: Path) -> None:
    steps = ["panel: detail\npanel: diff", "panel: why", "select: acc-1 balance\npanel: why\npanel: detail"]
    (tmp_path / "own.md").write_text(
        "---\ntitle: T\nlog: three-events.jsonl\n---\n"
        + "".join(f"\n## A\n\n```do\ngo: 2\n{step}\n```\n" for step in steps)
    )
    told = data_of(saved(tmp_path / "own.md")[0])["steps"]
    assert [[panel["panel"] for panel in step["panels"]] for step in told] == [
        ["detail"],
        [],
        ["why", "detail"],
    ]
    assert ["which this page does not have" in step["note"] for step in told] == [True, True, False]


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_every_step_and_question_of_a_page_works(chrome: Browser, tmp_path: Path, path: Path) -> None:
    page, scenes = saved(path)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    for number, scene in enumerate(scenes, 1):
        assert tab.text("#title") == scene.step.title
        assert tab.text("#count") == f"{number} / {len(scenes)}"
        assert tab.value("Number(document.querySelector('#slider').value)") == scene.position
        if scene.expected is not None and scene.step.question is not None:
            if scene.step.question.choices:
                tab.click(f"#choices input[value={json.dumps(scene.expected.text)}]")
                tab.click("#reveal")
            else:
                tab.click("#answer")
                tab.write(scene.expected.text)
                tab.key("Enter", 13)
            assert tab.text("#verdict").startswith(f"✓ Right: {scene.expected.text}.")
            assert tab.value("document.querySelector('#verdict').className") == "verdict good"
            assert tab.value("Number(document.querySelector('#slider').value)") == scene.expected.position
        if number < len(scenes):
            tab.click("#next")


def test_the_page_speaks_to_nobody_and_breaks_no_rule_of_its_own(chrome: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(saved(hostile(tmp_path))[0], encoding="utf-8")
    del chrome.events[:]
    tab = chrome.open(tmp_path / "page.html")
    tab.value("window.ran = false; window.alert = () => { window.ran = true; }")
    assert HOSTILE in tab.text("#state")
    assert HOSTILE in tab.text("#events")
    assert HOSTILE in tab.text("#exhibit")
    assert tab.text("#title") == HOSTILE
    assert tab.text("#asked") == HOSTILE
    assert tab.value("document.images.length") == 0
    assert tab.value("window.ran") is False
    asked = [each["request"]["url"] for each in chrome.said("Network.requestWillBeSent")]
    assert asked == [(tmp_path / "page.html").as_uri()]
    assert [each["entry"]["text"] for each in chrome.said("Log.entryAdded")] == []
    assert chrome.said("Runtime.exceptionThrown") == []


def test_answers_are_compared_digit_by_digit_in_the_page(chrome: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(saved(lessons()[0])[0], encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    same = [
        ("20", "20.00"),
        ("1,220.5", "1220.50"),
        ("−3", "-3.0"),
        ("+7", "7"),
        ("0.0", "-0"),
        ("Ada ", "ada"),
    ]
    other = [("20", "20.01"), ("9007199254740993", "9007199254740992"), ("12,20", "1220"), ("", "0")]
    for left, right in same:
        assert tab.value(f"plain({json.dumps(left)}) === plain({json.dumps(right)})"), (left, right)
    for left, right in other:
        assert not tab.value(f"plain({json.dumps(left)}) === plain({json.dumps(right)})"), (left, right)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_judges_as_the_window_does(chrome: Browser, tmp_path: Path, language: str) -> None:
    texts = [
        *AS_TWENTY,
        *NOT_TWENTY,
        "20 USD",
        "$20",
        "1,220",
        "1.220",
        "1.220,00",
        "1,220.00",
        "1 220",
        "−20",
    ]
    answers: list[tuple[object, bool]] = [
        (20, False),
        (20, True),
        ({"EUR": 20}, False),
        (1220, False),
        (-20, False),
    ]
    answers += [
        (Decimal("1.22"), False),
        ({"EUR": 20, "USD": 5}, False),
        ("Ada", False),
        ({"points": 20}, False),
    ]
    speak(str, language)
    try:
        page, _ = saved(lessons()[0])
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        tab = chrome.open(tmp_path / "page.html")
        for value, counted in answers:
            asked = _question(
                Question(1, "?", Answer(1, "value")), RightAnswer(value, value_text(value), 0, "", counted)
            )
            for text in (*texts, "5 USD, 20 EUR", "ada", value_text(value)):
                here = f"isRight({json.dumps(asked)}, {json.dumps(text)})"
                assert tab.value(here) is judged(text, value, counted=counted), (text, value, counted)
    finally:
        speak()


def test_the_parts_of_a_page_come_with_the_program() -> None:
    assert {path.name for path in resource("lessons", "page").iterdir()} == {
        "page.html",
        "page.css",
        "page.js",
    }


WIDER = """[...document.querySelectorAll('body, body *')].filter((each) =>
  each.getClientRects().length && (each.getBoundingClientRect().right > innerWidth + 1 ||
  (each.clientWidth && !['INPUT', 'BUTTON'].includes(each.tagName) && each.scrollWidth > each.clientWidth + 1)))
  .map((each) => `${each.tagName}#${each.id} ${each.textContent.slice(0, 30)}`)"""


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("which", range(len(lessons())))
def test_no_step_of_a_page_is_wider_than_its_screen_and_next_is_always_there(
    chrome: Browser, tmp_path: Path, which: int, language: str, size: tuple[int, int]
) -> None:
    page, scenes = saved(lessons(language)[which])
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    tab.ask(
        "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False
    )
    wrong = {}
    for number in range(1, len(scenes) + 1):
        assert tab.text("#count") == f"{number} / {len(scenes)}"
        if wider := tab.value(WIDER):
            wrong[number] = wider
        below = tab.value("document.querySelector('#next').getBoundingClientRect().bottom - innerHeight")
        assert below <= 0, number
        tab.value("document.querySelector('#next').click()")
    assert wrong == {}


def test_a_page_remembers_its_place_can_be_linked_to_and_stands_in_a_frame(
    chrome: Browser, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(saved(lessons()[0])[0], encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    for _ in range(4):
        tab.click("#next")
    assert tab.value("location.hash") == "#5"
    assert chrome.open(tmp_path / "page.html").text("#count") == "5 / 14"
    (tmp_path / "slides.html").write_text('<iframe src="page.html#7" width="900" height="600"></iframe>')
    slides = chrome.open(tmp_path / "slides.html")
    frames = slides.ask("Page.getFrameTree")["frameTree"]["childFrames"]
    assert frames[0]["frame"]["urlFragment"] == "#7"


def test_a_query_in_a_page_can_be_rewritten(chrome: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(saved(lessons()[2])[0], encoding="utf-8")
    tab = chrome.open(tmp_path / "page.html")
    tab.click("#next")
    tab.click("#next")
    tab.click("#prose pre")
    tab.write("-- mine ")
    assert "-- mine" in tab.text("#prose pre")
    tab.key("ArrowRight", 39)
    assert tab.value("Number(document.querySelector('#slider').value)") == 97  # the arrow moves in the text
