// The room's own words, from texts.toml, handed over whole. The answer's words are in labels.js.

const table = await load();

async function load() {
  try {
    return await (await fetch("/room/texts.json")).json();
  } catch {
    return {};
  }
}

// The words of a name such as "find.title"; `values` fill what stands in braces.
export function text(name, values = {}) {
  const [part, key] = name.split(".");
  const words = (table[part] || {})[key] || name;
  return words.replace(/\{(\w+)\}/g, (brace, value) => (value in values ? String(values[value]) : brace));
}

// The words for a number of things: "find.places" has its words for one in `places-one`, for all others in `places-many`.
export function counted(name, number) {
  return text(`${name}-${number === 1 ? "one" : "many"}`, { count: number.toLocaleString("en-GB") });
}
