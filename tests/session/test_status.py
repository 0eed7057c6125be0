"""Does a person read what verifying found, and of very much only the first of each kind?"""

from explorer.projection.model import Recipe
from explorer.session.document import Document
from explorer.session.options import OpenOptions
from explorer.session.status import (
    LISTED_FINDINGS,
    OF_A_KIND,
    details_text,
    left_out_text,
    nothing_there_text,
    verdict_text,
)
from tests.small_logs import event, opened


def test_a_sound_log_without_checksums_says_what_that_means(tmp_path):
    document = opened(tmp_path, event(1, "AccountOpened", "a"))
    verdict = document.verify()
    text = verdict_text(verdict)
    assert text.startswith("1 event. Nothing odd was found.")
    assert "The records carry no checksums, so a change could not be seen." in text
    assert text.endswith(verdict.proof.head)
    assert details_text(verdict) == ""
    document.close()


def test_of_many_of_a_kind_the_first_are_listed_and_the_rest_is_counted(tmp_path):
    document = opened(tmp_path, event(1, "AccountOpened", "a"), *["{\u202e"] * (OF_A_KIND + 7))
    verdict = document.verify()
    assert verdict_text(verdict).startswith("1 event. Found: ")
    lines = details_text(verdict).split("\n")
    assert len(lines) <= LISTED_FINDINGS
    assert lines[0].startswith("line 2, byte ")
    assert lines[-1] == "… and 7 more; the command `verify` lists them"
    assert "\u202e" not in "".join(lines)
    document.close()


def test_a_state_in_which_nothing_is_says_why(tmp_path):
    log = tmp_path / "topic.jsonl"
    lines = [
        '{"key":"a","payload":{"type":"MoneyDeposited","accountId":"a","amount":1}}',
        '{"key":"a","payload":{"type":"MoneyDeposited","accountId":"a","amount":2}}',
        '{"key":"a","payload":null}',
    ]
    rows = [
        f'{{"topic":"t","partition":0,"offset":{n},"tstype":"create","ts":{n},{line[1:]}'
        for n, line in enumerate(lines)
    ]
    log.write_text("\n".join(rows) + "\n")
    document = Document.open(str(log))
    assert document.state(3).row_count == 0
    assert nothing_there_text(document, 3).startswith("All that was there has been deleted.")
    assert nothing_there_text(document, 0).startswith("Nothing has happened yet.")
    assert document.unknown_types == {}  # what ends an account is no event that changes nothing
    assert left_out_text(document) == ""
    document.close()
    other = tmp_path / "other.jsonl"
    other.write_text('{"type":"Seen","at":"2026-01-01","account":"a"}\n')
    document = Document.open(str(other), OpenOptions(projection=Recipe("accounts")))
    assert nothing_there_text(document, 1).startswith("No event so far changes anything here.")
    document.close()
