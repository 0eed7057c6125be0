"""Is a log read once more where all of its events say that it is about something else than its beginning?"""

from explorer.eventlog.log import open_log
from explorer.history.collect import collect
from explorer.history.settling import beginning_of, spread
from explorer.projection.choose import choose
from explorer.projection.model import AUTO
from tests.small_logs import event, written


def test_the_read_model_is_chosen_again_once_all_events_are_counted(tmp_path):
    path = written(
        tmp_path, event(1, "MoneyDeposited", "a", amount=5), event(2, "MoneyDeposited", "a", amount=5)
    )
    read = []
    with open_log(str(path)) as log:

        def choice(sample):
            read.append(sample.counted.types)
            return choose(AUTO, sample, log.fields)

        found = collect(log, choice)
        assert [event.type for event in beginning_of(log).events] == ["MoneyDeposited"] * 2
        assert len(spread(log)) == 2
    assert read == [{"MoneyDeposited": 2}] * 2
    assert found.model.recipe.name == "accounts"
