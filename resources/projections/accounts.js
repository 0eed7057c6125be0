// The accounts as a course writes them: an event and the state before it give the next state.
// To try another rule, change it and save: the whole history is computed anew.

const initialState = { owner: null, balance: 0, status: 'none' };

// Whose an event is; a transfer is of two accounts. Without this function, each event is its own entity's.
const key = (event) =>
  event.type === 'MoneyTransferred'
    ? [event.data.fromAccountId, event.data.toAccountId]
    : event.data.accountId;

const evolve = (state, event) => {
  const { type, data } = event;
  switch (type) {
    case 'AccountOpened':
      return { ...state, owner: data.owner, balance: data.initialBalance ?? 0, status: 'open' };
    case 'OwnerChanged':
      return { ...state, owner: data.owner };
    case 'MoneyDeposited':
      return { ...state, balance: state.balance + data.amount };
    case 'MoneyWithdrawn':
      return { ...state, balance: state.balance - data.amount };
    case 'MoneyTransferred': {
      const sign = event.key === data.fromAccountId ? -1 : 1;
      return { ...state, balance: state.balance + sign * data.amount };
    }
    case 'AccountFrozen':
      return { ...state, status: 'frozen' };
    case 'AccountUnfrozen':
      return { ...state, status: 'open' };
    case 'AccountClosed':
      return { ...state, status: 'closed' };
    default:
      return state;
  }
};
