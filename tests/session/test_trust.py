"""Is a program run only if a person has said so, of just this text?"""

import stat

from explorer.projection.model import Recipe, Upcasters
from explorer.session.trust import Trust, fingerprint, programs_of

PROGRAM = Recipe("balance.py", "python", "def key(event): ...")


def test_trust_is_in_a_text_not_in_a_name(tmp_path):
    trust = Trust(tmp_path / "config" / "trusted")
    assert not trust.covers(PROGRAM)
    trust.give(PROGRAM)
    assert trust.covers(Recipe("other.py", "python", PROGRAM.text))
    assert not trust.covers(Recipe("balance.py", "python", PROGRAM.text + " "))
    assert stat.S_IMODE(trust.file.stat().st_mode) == 0o600


def test_a_query_needs_none_and_its_program_of_upcasters_does(tmp_path):
    query = Recipe("q.sql", "sql", "SELECT 1")
    trust = Trust(tmp_path / "trusted")
    assert trust.covers(query)
    lifted = Recipe("q.sql", "sql", "SELECT 1", Upcasters("steps.py", "python", "upcasters = {}"))
    assert [each.name for each in programs_of(lifted)] == ["steps.py"]
    assert not trust.covers(lifted)


def test_what_is_withdrawn_is_trusted_no_longer_and_the_others_are(tmp_path):
    trust, other = Trust(tmp_path / "trusted"), Recipe("b\nc.py", "python", "y")
    trust.give(PROGRAM)
    trust.give(PROGRAM)
    trust.give(other)
    assert trust.all() == [(fingerprint(PROGRAM), "balance.py"), (fingerprint(other), "b c.py")]
    trust.withdraw(fingerprint(PROGRAM))
    assert not trust.covers(PROGRAM)
    assert trust.covers(other)


def test_a_file_that_cannot_be_read_trusts_nothing(tmp_path):
    file = tmp_path / "trusted"
    file.write_bytes(b"\xff\xfe")
    assert Trust(file).all() == []
