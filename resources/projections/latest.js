// The latest value of each field of an entity: what an event does not say stays as it was.

const initialState = {};

const evolve = (state, event) => {
  return { ...state, ...event.data };
};
