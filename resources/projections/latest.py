"""The latest value of each field of an entity: what an event does not say stays as it was."""

initial = {}


def key(event):
    """Whose an event is."""
    return event["entity"]


def evolve(state, event):
    """The next state: what the event says stands over what was known."""
    return {**state, **event["data"]}
