// What is called from outside: whose an event is, and the state of an entity after it.

(() => {
"use strict";
const parse = JSON.parse, write = JSON.stringify, states = new Map(), told = module.exports;
const own = (name, found) => found ?? told?.[name] ?? told?.default?.[name];
// what is defined here is called otherwise than what the program defines: else it would hide that
const evolving = own("evolve", typeof evolve === "undefined" ? undefined : evolve);
const keying = own("key", typeof key === "undefined" ? undefined : key);
const initial = own("initialState", typeof initialState === "undefined" ? undefined : initialState);
if (typeof evolving !== "function") throw new TypeError("evolve is no function of (state, event)");
function explorer$copy(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(explorer$copy);
  if (value instanceof Map) return new Map([...value].map(explorer$copy));
  if (value instanceof Set) return new Set([...value].map(explorer$copy));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, explorer$copy(inner)]));
}
function explorer$plain(name, value) {
  const raw = this[name], at = name === "" ? "the state" : `${name}`;
  if (typeof raw === "number" && !Number.isFinite(raw)) throw new TypeError(`${at} is ${raw}, which no JSON can hold`);
  if (typeof raw === "bigint") return { "\u0001big": `${raw}` };
  if (typeof raw === "function" || typeof raw === "symbol")
    throw new TypeError(`${at} is a ${typeof raw}: a state is JSON`);
  if (raw instanceof Promise) throw new TypeError(`${at} is a promise: evolve cannot wait for anything`);
  if (raw instanceof Map) return Object.fromEntries(raw);
  if (raw instanceof Set) return [...raw];
  return value;
}
globalThis.explorer$keys = function explorer$keys(text) {
  const event = parse(text);
  const found = typeof keying === "function" ? keying(event) : event.entity ?? "everything";
  return write((Array.isArray(found) ? found : [found]).filter((each) => each !== null && each !== undefined)
    .map((each) => `${each}`));
};
const named = (name) => name.startsWith("\u0001") ? parse(name.slice(1)) : name;
globalThis.explorer$before = function explorer$before(entity) {
  return states.has(entity) ? states.get(entity)
    : typeof initial === "function" ? initial() : explorer$copy(initial);
};
globalThis.explorer$step = function explorer$step(name, text) {
  const event = parse(text), entity = named(name);
  event.key = entity;
  const after = evolving(explorer$before(entity), event);
  if (after === undefined || after === null)
    throw new TypeError("evolve returned nothing: it must return the next state");
  const shown = write(after, explorer$plain);
  states.set(entity, after);
  return shown;
};
globalThis.explorer$forget = function explorer$forget() {
  states.clear();
  return "";
};
globalThis.explorer$state = function explorer$state(name) {
  return write(explorer$before(named(name)) ?? null, explorer$plain);
};
globalThis.explorer$traced = function explorer$traced(name, text) {
  globalThis.explorer$steps = [];
  return explorer$step(name, text);
};
globalThis.explorer$told = function explorer$told() {
  const steps = globalThis.explorer$steps ?? [];
  globalThis.explorer$steps = null;
  return write({ steps, cut: steps.cut === true });
};
const deciding = own("decide", typeof decide === "undefined" ? undefined : decide);
const faults = new Set(["TypeError", "ReferenceError", "SyntaxError", "RangeError", "InternalError"]);
globalThis.explorer$decide = function explorer$decide(name, text, stateFirst) {
  const command = parse(text), state = explorer$before(named(name));
  let found;
  try {
    found = stateFirst === "yes" ? deciding(state, command) : deciding(command, state);
  } catch (error) {
    if (error instanceof Error && faults.has(error.name)) throw error;
    return write({ rejected: error instanceof Error ? error.message || error.name : `${error}` });
  }
  return write({ decided: found ?? null }, explorer$plain);
};
})();
