"""Which command does a lesson name, and what does that carry?"""

from explorer.domain.rules import COMMANDS, Command, command_with
from explorer.projection.exact import exact
from explorer.session.lessons.lesson import Show
from explorer.session.plaintext import visible

KINDS = {kind.__name__: kind for kind in COMMANDS}
_WORDS = {"target": "to"}  # what a lesson calls a field


def command_of(show: Show) -> Command:
    """The command that a lesson names.

    Raises:
        ValueError: There is none of this name, or it lacks something; `str()` is the sentence for the person.
    """
    if show.name not in KINDS:
        raise ValueError(f"there is no command “{visible(show.name, 60)}”; there are {', '.join(KINDS)}")
    kind, given = KINDS[show.name], dict(show.fields)
    carried = [name for name in kind.__struct_fields__ if name != "account"]
    words = [_WORDS.get(name, name) for name in carried]
    for word in words[: len(words) - len(kind.__struct_defaults__)]:
        if word not in given:
            raise ValueError(f"{show.name} needs {word}=…")
    for word in given:
        if word not in words:
            raise ValueError(f"{show.name} has no “{visible(word, 60)}”")
    values: dict[str, object] = {
        name: given[word] for name, word in zip(carried, words, strict=True) if word in given
    }
    if "amount" in values:
        values["amount"] = exact(given["amount"].replace("\N{MINUS SIGN}", "-"))
        if values["amount"] is None:
            raise ValueError(f"{given['amount']} is no amount")
    return command_with(kind, values | {"account": show.entity})
