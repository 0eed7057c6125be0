"""Does a person read what verifying found, and of very much only the first of each kind?"""

from explorer.session.status import LISTED_FINDINGS, OF_A_KIND, details_text, verdict_text
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
