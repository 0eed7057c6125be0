"""Is a preview what the log is once it is read so, and does it say what it cannot read?"""

import json
from pathlib import Path

import pytest

from explorer.eventlog.errors import LogError
from explorer.eventlog.log import open_log
from explorer.eventlog.profiles.kept import keep
from explorer.eventlog.read_as import ReadAs
from explorer.projection.model import AUTO, Recipe
from explorer.session.changes.meanings import meaning
from explorer.session.changes.profile_draft import GUESSED, ProfileDraft
from explorer.session.changes.reading_preview import EVENTS, ReadingPreview, preview
from explorer.session.document import Document
from explorer.session.options import DEFAULTS, OpenOptions


def shown(path: Path, draft: ProfileDraft | None = None, options: OpenOptions = DEFAULTS) -> ReadingPreview:
    with open_log(path) as log:
        return preview(log, draft or ProfileDraft(), {}, options, AUTO)


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def axon(path: Path, count: int) -> Path:
    row = {"payload_type": "MoneyDepositedEvent", "aggregate_identifier": "acc-1", "type": "Account"}
    return written(
        path,
        [
            row | {"sequence_number": n, "time_stamp": f"2026-01-{n + 1:02}T00:00:00Z",
                   "payload": "\\x" + json.dumps({"amount": n}).encode().hex()}
            for n in range(count)
        ],
    )  # fmt: skip


def test_ten_events_and_their_state_are_those_of_the_document_at_ten(tmp_path: Path):
    path = axon(tmp_path / "axon.jsonl", 25)
    found = shown(path)
    assert len(found.events) == EVENTS
    assert found.source == "Axon Framework 4, domain_event_entry"
    document = Document.open(str(path))
    view = document.state(EVENTS)
    at = found.state_heads.index("balance")
    assert [row[at] for row in found.state] == [view.text(0, view.columns.index("balance"))] == ["45"]
    document.close()


def test_what_stays_wrapped_is_said_and_counts_as_nothing(tmp_path: Path):
    path = axon(tmp_path / "axon.jsonl", 5)
    draft = ProfileDraft(base=GUESSED, steps=())
    draft.fields["data"] = "payload"
    found = shown(path, draft)
    assert found.source == "guessed from the log"
    assert all(row[4] for row in found.events)
    assert "0" not in [
        row[found.state_heads.index("balance")] for row in found.state if "balance" in found.state_heads
    ]


def test_a_member_that_no_record_has_is_refused(tmp_path: Path):
    path = axon(tmp_path / "axon.jsonl", 5)
    for role in ("type", "kind"):
        with pytest.raises(LogError, match="no record has a field nothing"):
            shown(path, ProfileDraft(fields={role: "nothing"}))


def test_whose_amounts_are_ambiguous_they_are_as_one_says(tmp_path: Path):
    path = written(
        tmp_path / "a.jsonl",
        [
            {"type": "MoneyDeposited", "at": f"2026-01-0{n}", "account": "a", "amount": f"{n}.000"}
            for n in (1, 2, 3)
        ],
    )  # fmt: skip

    def balance(draft: ProfileDraft) -> str:
        found = shown(path, draft)
        return found.state[0][found.state_heads.index("balance")]

    assert balance(ProfileDraft()) == "6.000"
    assert balance(ProfileDraft(numbers="comma")) == "6000"
    profile = shown(path, ProfileDraft(numbers="comma")).profile
    document = Document.open(str(path), OpenOptions(profile=profile))
    view = document.state(3)
    assert view.text(0, view.columns.index("balance")).replace(",", "") == "6000"
    document.close()
    commas = written(
        tmp_path / "b.jsonl",
        [{"type": "MoneyDeposited", "at": "2026-01-01", "account": "a", "amount": "3,000"}] * 2,
    )
    found = shown(commas, ProfileDraft(numbers="point"))
    assert found.state[0][found.state_heads.index("balance")] == "6000"
    assert "decimal point" in found.said
    assert found.in_use["numbers"] == "(now: numbers with a decimal point)"
    assert found.in_use["order"] == "(now: as written)"


def test_the_day_is_first_if_one_says_so(tmp_path: Path):
    path = written(
        tmp_path / "a.jsonl",
        [{"type": "MoneyDeposited", "at": "03/04/2026", "account": "a", "amount": 1}] * 3,
    )
    assert "4 Mar" in shown(path, ProfileDraft(read_as=ReadAs(dates="month"))).events[0][1]
    assert "3 Apr" in shown(path, ProfileDraft(read_as=ReadAs(dates="day"))).events[0][1]


def test_one_that_is_kept_for_its_shape_is_named_and_newest_first_is_read_from_its_end(tmp_path: Path):
    path = axon(tmp_path / "axon.jsonl", 5)
    folder = tmp_path / "kept"
    with open_log(path) as log:
        keep(folder, log, shown(path, ProfileDraft(order="newest first")).to_keep)
    found = shown(path, options=OpenOptions(profiles_dir=folder))
    assert found.kept
    assert found.source.startswith("saved for logs of this shape: Axon")
    assert [row[0] for row in found.events] == ["5", "4", "3", "2", "1"]
    assert "from the last to the first" in found.said


def test_types_mean_what_was_chosen(tmp_path: Path):
    path = written(
        tmp_path / "a.jsonl", [{"type": "Bonus", "at": "2026-01-01", "account": "a", "amount": 7}] * 2
    )
    with open_log(path) as log:
        chosen = {"Bonus": "MoneyDeposited"}
        found = preview(log, ProfileDraft(), chosen, DEFAULTS, meaning(AUTO, chosen))
    assert found.state[0][found.state_heads.index("balance")] == "14"
    assert found.to_keep.meanings == chosen


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (AUTO, "read model accounts"),
        (
            Recipe(
                "mine.sql", "sql", "SELECT entity AS account, count(*) AS times FROM events GROUP BY account"
            ),
            "read model mine.sql",
        ),
        (Recipe("a.py", "python", "x = 1"), "read model accounts, as yours is for a whole log"),
        (Recipe("b.sql", "sql", "no query"), "read model accounts, as yours is for a whole log"),
    ],
)
def test_the_read_model_that_is_shown_is_named(recipe: Recipe, said: str, tmp_path: Path):
    path = written(
        tmp_path / "a.jsonl",
        [{"type": "MoneyDeposited", "data": {"accountId": "a", "amount": n}} for n in range(3)],
    )
    with open_log(path) as log:
        found = preview(log, ProfileDraft(), {}, DEFAULTS, recipe)
    assert found.said.split(" · ")[-1] == said
    assert found.state_heads[1:] == (["times"] if "mine" in said else found.state_heads[1:])
    assert len(found.state) == 1
