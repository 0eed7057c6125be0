// Folds the events of a page by a program that somebody has written into it, and tells what came of it as one text.
// The page puts it into a worker between `before.js`, the program and `fold.js`. The worker inherits the policy of
// the page, by which nothing can be loaded or sent; what could be tried is taken away besides.

(() => {
"use strict";
const post = self.postMessage.bind(self);
const kept = new Set(("Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date " +
  "Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis " +
  "JSON Math Intl ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array " +
  "Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet Proxy Reflect " +
  "decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN Iterator structuredClone self constructor " +
  "toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString").split(" "));
for (let at = self; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
  for (const name of Object.getOwnPropertyNames(at))
    if (!kept.has(name)) {
      try {
        Object.defineProperty(at, name, { value: undefined, writable: true, configurable: true });
      } catch {
        // it cannot be taken away, and the policy of the page stands before it
      }
    }
globalThis.explorer$decides = false;

const parse = JSON.parse, write = JSON.stringify;
// A number as all of its digits, and how many of them stand behind the point.
function decimal(text) {
  const found = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  if (found === null) return null;
  const places = (found[3] ?? "").length - Number(found[4] ?? 0), digits = BigInt(found[1] + found[2] + (found[3] ?? ""));
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}
const scaled = (number, places) => number.digits * 10n ** BigInt(places - number.places);
function sum(one, other, sign) {
  const places = Math.max(one.places, other.places);
  return { digits: scaled(one, places) + sign * scaled(other, places), places };
}
const product = (one, other) => ({ digits: one.digits * other.digits, places: one.places + other.places });
const same = (one, other) => sum(one, other, -1n).digits === 0n;
function shown({ digits, places }) {
  const bare = `${digits < 0n ? -digits : digits}`.padStart(places + 1, "0");
  const part = places ? bare.slice(-places).replace(/0+$/, "") : "";
  return (digits < 0n ? "-" : "") + bare.slice(0, bare.length - places) + (part ? `.${part}` : "");
}
function numbers(value, path, into) {
  if (into.size >= 2000) return into;
  if (typeof value === "number") into.set(path || "state", value);
  else if (value !== null && typeof value === "object" && !("\u0001big" in value))
    for (const [name, inner] of Object.entries(value))
      numbers(inner, Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name, into);
  return into;
}

// Numbers are doubles: where a new value is the old one plus, minus or times a number of the event, its exact value is
// known too. As in explorer/projection/doubles.py.
const before = new Map(), exactly = new Map();
function lostBy(entity, state, given) {
  const was = before.get(entity) ?? new Map(), now = numbers(state, "", new Map());
  before.set(entity, now);
  let lost = null;
  for (const [path, value] of now) {
    const name = write([entity, path]), old = was.get(path);
    const plain = Number.isSafeInteger(value) && Number.isSafeInteger(old ?? 0) && !exactly.has(name);
    if (old === value || plain) continue;
    const known = told(old, exactly.get(name), value, given), there = decimal(`${value}`);
    exactly.delete(name);
    if (known.length === 1 && there !== null && !same(known[0], there)) {
      exactly.set(name, known[0]);
      lost ??= [path, shown(there), shown(known[0])];
    } else if (known.length > 1 || (!known.length && `${value}`.replace(/e.*|\D/g, "").replace(/^0+/, "").length > 15))
      lost ??= [path, `${value}`, ""];
  }
  return lost;
}
// The exact values of which one is the new one: where there are several, nobody knows which.
function told(old, exact, value, given) {
  const found = [], add = (number) => found.some((each) => same(each, number)) || found.push(number);
  for (const text of given) if (Number(text) === value) add(decimal(text));
  if (old === undefined) return found;
  const from = exact ?? decimal(`${old}`);
  for (const text of given) {
    if (old + Number(text) === value) add(sum(from, decimal(text), 1n));
    if (old - Number(text) === value) add(sum(from, decimal(text), -1n));
  }
  if (!found.length) for (const text of given) if (old * Number(text) === value) add(product(from, decimal(text)));
  return found;
}

// `events`: for each the text of its JSON and the exact digits of its numbers, up to so many.
globalThis.explorer$fold = function explorer$fold(events) {
  const keys = globalThis.explorer$keys, step = globalThis.explorer$step;
  const changes = [], errors = [], failed = new Set(), last = new Map();
  const failure = (position, entity, error) => {
    const at = /:(\d+):\d+\)?$/m.exec((error && error.stack) || "");
    errors.push([position, entity, `${(error && error.message) || error}`.slice(0, 300), at === null ? 0 : Number(at[1])]);
  };
  events.forEach(([text, given], row) => {
    let entities = [];
    try {
      entities = parse(keys(text));
    } catch (error) {
      failure(row + 1, "", error);
    }
    for (const entity of entities) {
      if (failed.has(entity)) continue;
      try {
        const state = step(entity, text);
        if (last.get(entity) === state) continue;
        last.set(entity, state);
        changes.push([row + 1, entity, state, lostBy(entity, parse(state), given)]);
      } catch (error) {
        failed.add(entity);
        failure(row + 1, entity, error);
      }
    }
  });
  post(write({ changes, errors }));
};
})();
