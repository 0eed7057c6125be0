"""Is what a person says of a log taken as it was said, and kept as one profile?"""

from pathlib import Path

from explorer.eventlog.event import FieldMap
from explorer.eventlog.log import open_log, read_otherwise
from explorer.eventlog.profiles.profile import Profile, Unwrapping, of_toml, to_toml
from explorer.eventlog.read_as import ReadAs
from explorer.session.changes.profile_draft import (
    GUESSED,
    READINGS,
    ProfileDraft,
    names_of_profiles,
    step_of,
    steps_text,
    to_keep,
    why_no_reading,
)
from explorer.session.options import DEFAULTS, OpenOptions


def shop(folder: Path) -> Path:
    path = folder / "shop.jsonl"
    path.write_text(
        "".join(
            f'{{"what":"Sold","who":"a{n % 2}","sort":"Till","body":"{{\\"sum\\":{n}}}"}}\n' for n in range(9)
        )
    )
    return path


def test_nothing_said_is_no_profile_of_ones_own():
    draft = ProfileDraft.of(DEFAULTS)
    assert not draft.says_a_profile
    assert draft.field_map() is None


def test_members_are_fields_and_the_rest_is_the_profile(tmp_path: Path):
    draft = ProfileDraft.of(OpenOptions(fields=FieldMap(type="what")))
    draft.fields |= {"entity": "who", "kind": "sort"}
    draft.order, draft.numbers, draft.read_as = "newest first", "comma", ReadAs(dates="day")
    draft.steps = (step_of("body", "json", "", "", enter=False),)
    assert draft.says_a_profile
    assert draft.field_map() == FieldMap(type="what", entity="who")
    with open_log(shop(tmp_path)) as log:
        read = read_otherwise(log, draft.field_map(), draft.read_as, draft.naming(DEFAULTS))
        with read:
            assert (read.fields.type, read.fields.entity, read.fields.kind) == ("what", "who", "sort")
            kept = to_keep(read, {"Sold": "MoneyDeposited"})
    assert (kept.order, kept.numbers, kept.fields.dates) == ("newest first", "comma", "day")
    assert kept.unwrap == (Unwrapping(path="body", read=("json",)),)
    assert kept.meanings == {"Sold": "MoneyDeposited"}
    assert kept.name == "made for shop.jsonl"
    assert of_toml(to_toml(kept), "x") == kept


def test_a_copy_stays_when_the_draft_goes_on():
    draft = ProfileDraft()
    copy = draft.copy()
    draft.fields["type"] = "x"
    assert copy.fields == {}


def test_what_is_guessed_is_not_what_comes_with_the_program():
    record = {"payload_type": "T", "aggregate_identifier": "a", "sequence_number": 0, "payload": "{}"}
    assert ProfileDraft().naming(DEFAULTS)([record] * 3, []).name.startswith("Axon")
    assert ProfileDraft(base=GUESSED).naming(DEFAULTS)([record] * 3, []).name == ""
    assert ("axon", "Axon Framework 4, domain_event_entry") in names_of_profiles()
    assert ProfileDraft(base="axon").naming(DEFAULTS)([], []).store == "Axon"
    assert ProfileDraft(base=Profile(name="mine")).naming(DEFAULTS)([], []).name == "mine"


def test_each_reading_that_is_offered_is_one_and_others_are_refused_with_those():
    for reading in READINGS:
        assert why_no_reading(reading) is None
        assert steps_text(step_of("a", reading, "", "", enter=False)) == reading
    assert (why_no_reading("json rot13") or "").startswith(
        "“json rot13” is no way to read a value: they are auto, json"
    )
