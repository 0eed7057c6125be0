"""Is an event told in a sentence, and what it did without the rest of it?"""

from contextlib import closing
from pathlib import Path

from explorer.resources import resource
from explorer.session.document import Document
from explorer.session.reasons.spoken import effect_text, spoken

LESSON = resource("samples", "three-events.jsonl")


def test_what_an_event_did_is_the_end_of_the_sentence_about_it():
    with closing(Document.open(str(LESSON))) as document:
        assert effect_text(document, 3) == "50 − 30 = 20"
        assert spoken(document, 3).endswith(": 50 − 30 = 20")
        assert spoken(document, 0) == "Nothing has happened yet."


def test_a_type_that_holds_a_colon_is_no_part_of_what_the_event_did(tmp_path: Path):
    path = tmp_path / "log.jsonl"
    path.write_text('{"type": "note: read", "data": {"id": "a", "n": 1}}\n' * 2)
    with closing(Document.open(str(path))) as document:
        assert "note" not in effect_text(document, 1)
        assert spoken(document, 2) == "note: read: the state stays as it was"
