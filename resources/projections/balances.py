"""The accounts read model as a program: the latest balance of each account, and how often it was overdrawn."""


def initial():
    """The state before the first event."""
    return {"owner": None, "balance": 0, "overdrawn": 0}


def key(event):
    """Which account an event belongs to; a transfer belongs to two."""
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
                "balance": state["balance"] + data.get("initialBalance", 0),
            }
        case "OwnerChanged":
            return {**state, "owner": data["owner"]}
        case "MoneyDeposited":
            balance = state["balance"] + data["amount"]
        case "MoneyWithdrawn":
            balance = state["balance"] - data["amount"]
        case "MoneyTransferred":
            gives = event["key"] == data["fromAccountId"]
            balance = state["balance"] - data["amount"] if gives else state["balance"] + data["amount"]
        case _:
            return state
    return {**state, "balance": balance, "overdrawn": state["overdrawn"] + (balance < 0 <= state["balance"])}
