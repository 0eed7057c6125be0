"""The accounts as a course writes them: an event and the state before it give the next state."""

initial = {"owner": None, "balance": 0, "status": "none"}


def key(event):
    """Whose an event is; a transfer is of two accounts."""
    data = event["data"]
    if event["type"] == "MoneyTransferred":
        return [data["fromAccountId"], data["toAccountId"]]
    return data.get("accountId")


def evolve(state, event):
    """The next state; `state` itself stays as it was."""
    data = event["data"]
    match event["type"]:
        case "AccountOpened":
            return {
                **state,
                "owner": data["owner"],
                "balance": data.get("initialBalance", 0),
                "status": "open",
            }
        case "OwnerChanged":
            return {**state, "owner": data["owner"]}
        case "MoneyDeposited":
            return {**state, "balance": state["balance"] + data["amount"]}
        case "MoneyWithdrawn":
            return {**state, "balance": state["balance"] - data["amount"]}
        case "MoneyTransferred":
            sign = -1 if event["key"] == data["fromAccountId"] else 1
            return {**state, "balance": state["balance"] + sign * data["amount"]}
        case "AccountFrozen":
            return {**state, "status": "frozen"}
        case "AccountUnfrozen":
            return {**state, "status": "open"}
        case "AccountClosed":
            return {**state, "status": "closed"}
        case _:
            return state
