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
