// What a program finds that is no part of the language, and what it does not find. See explorer/projection/javascript.py.

globalThis.module = { exports: {} };
globalThis.exports = module.exports;
globalThis.require = function explorer$require(name) {
  throw new Error(`require(${JSON.stringify(name)}): a read model can load nothing`);
};
globalThis.console = Object.fromEntries(
  ["log", "info", "warn", "error", "debug", "table", "group", "groupEnd"].map((name) => [name, () => undefined]));
if (!explorer$decides) {
  const impure = (what) => function explorer$impure() {
    throw new Error(`${what} differs each time: a fold gives the same state for the same events`);
  };
  const RealDate = Date;
  const now = impure("the time of day");
  globalThis.Date = new Proxy(RealDate, {
    construct: function explorer$new(real, given, target) {
      return given.length ? Reflect.construct(real, given, target) : now();
    },
    apply: function explorer$date() { return now(); },
    get: (real, name) => name === "now" ? now : Reflect.get(real, name),
  });
  RealDate.prototype.constructor = globalThis.Date;
  Math.random = impure("Math.random");
}

// What statements tell when they run, while one event is traced.
globalThis.explorer$steps = null;
globalThis.explorer$at = function explorer$at(number, names) {
  const steps = globalThis.explorer$steps;
  if (steps === null) return;
  if (steps.length >= 2000) {
    steps.cut = true;
    return;
  }
  const held = {};
  for (const name of Object.keys(names)) {
    try {
      held[name] = explorer$shown(names[name]());
    } catch (error) {
      // it is declared, and has no value yet
    }
  }
  steps.push([number, held]);
};
globalThis.explorer$shown = function explorer$shown(value, depth = 0) {
  if (typeof value === "string") return `'${value.slice(0, 300)}'`;
  if (typeof value === "function") return "function";
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return `${String(value)}`;
  if (depth > 6) return "…";
  const inner = (each) => explorer$shown(each, depth + 1);
  const text = Array.isArray(value) ? `[${value.slice(0, 40).map(inner).join(", ")}]`
    : value instanceof Date ? value.toISOString()
    : value instanceof Set ? `Set [${[...value].slice(0, 40).map(inner).join(", ")}]`
    : `{${(value instanceof Map ? [...value] : Object.entries(value)).slice(0, 40)
      .map(([name, each]) => `${name}: ${inner(each)}`).join(", ")}}`;
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
};
