"""Do the options of a command mean how a log is read, and is what means nothing refused?"""

import argparse
from pathlib import Path

import pytest

from explorer.cli.arguments import add_log, cache_dir, columns, count, given_fields, open_options, spool_dir
from explorer.eventlog.errors import LogError
from explorer.eventlog.event import WHOLE_RECORD
from explorer.projection.model import AUTO


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_log(parser)
    return parser.parse_args(["log.jsonl", *words])


def test_a_log_without_options_is_read_as_it_is_found():
    options = open_options(parsed())
    assert options.says_nothing
    assert (options.projection, options.spool_dir) == (AUTO, None)
    assert options.cache_dir is not None


def test_named_fields_take_the_place_of_guesses_and_no_payload_is_the_record_itself():
    fields = given_fields(parsed("--type-field", "kind", "--data-field", ""))
    assert (fields.type, fields.data, fields.time) == ("kind", WHOLE_RECORD, None)


def test_where_things_are_kept_can_be_said_and_unsaid(tmp_path: Path):
    assert cache_dir(parsed("--no-cache")) is None
    assert (
        cache_dir(parsed("--cache", str(tmp_path))) == spool_dir(parsed("--cache", str(tmp_path))) == tmp_path
    )


def test_a_program_is_run_once_it_is_trusted_and_that_is_remembered(tmp_path: Path):
    program = tmp_path / "mine.py"
    program.write_text("def key(event): return 'a'\ndef evolve(state, event): return {}\n")
    with pytest.raises(LogError, match=r"mine\.py: it is a program and runs with your rights"):
        open_options(parsed("--projection", str(program)))
    assert open_options(parsed("--projection", str(program), "--trust")).projection.language == "python"
    assert open_options(parsed("--projection", str(program))).projection.name == "mine.py"


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e3", "٣", "1" * 13])
def test_what_is_no_whole_number_is_refused(text: str):
    with pytest.raises(argparse.ArgumentTypeError, match="is not a whole number"):
        count(text)


def test_columns_are_named_once_each_and_may_have_commas_in_quotes():
    assert columns('a,"b, c"') == ("a", "b, c")
    for wrong in ("a,a", "a,,b", ""):
        with pytest.raises(argparse.ArgumentTypeError):
            columns(wrong)
