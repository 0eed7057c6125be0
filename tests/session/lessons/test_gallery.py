"""Has each sample domain a log, a read model and three questions that the engine answers, in both languages?"""

from pathlib import Path

import pytest

from explorer.desktop.menus.action_table import SAMPLE_DOMAINS
from explorer.resources import resource, spoken_resource
from explorer.session.document import Document
from explorer.session.lessons import read_lesson
from explorer.session.lessons.staging import lesson_recipe, staged
from explorer.session.options import OpenOptions

GALLERY = sorted(resource("lessons", "gallery").glob("*.md"))


def test_ten_domains_are_offered_in_both_languages() -> None:
    assert sorted(name for name, _ in SAMPLE_DOMAINS) == [f"gallery/{path.name}" for path in GALLERY]
    assert len(GALLERY) == 10
    for path in GALLERY:
        assert (resource("lessons", "de", "gallery") / path.name).is_file()
        assert spoken_resource("lessons", f"gallery/{path.name}").is_file()


@pytest.mark.parametrize(
    "path", [*GALLERY, *sorted(resource("lessons", "de", "gallery").glob("*.md"))], ids=str
)
def test_a_domain_has_three_questions_and_shows_no_answer_before(path: Path) -> None:
    lesson = read_lesson(path)
    assert lesson.read_model.endswith(f"{path.stem}.sql")
    document = Document.open(str(lesson.log), OpenOptions(projection=lesson_recipe(lesson)))
    try:
        asked = [scene for scene in staged(lesson, document) if scene.expected is not None]
        assert len(asked) == 3
        for scene in asked:
            assert scene.expected is not None
            assert scene.expected.text
            answer = scene.step.question.answer  # type: ignore[union-attr]
            if answer.kind in {"value", "first"}:
                assert scene.position < scene.expected.position
    finally:
        document.close()
