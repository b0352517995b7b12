// What this browser keeps for its reader: one text under each name. Where the browser keeps nothing, what was written
// is known until the page is left, and `keeps` says so.

const PREFIX = "reading-room:";
const known = new Map();

export let keeps = true;

export function read(name) {
  if (known.has(name)) return known.get(name);
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    keeps = false;
    return null;
  }
}

// Whether the browser keeps it. It does not where it is forbidden to, or full.
export function write(name, words) {
  try {
    if (words === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, words);
    known.delete(name);
    return (keeps = true);
  } catch {
    known.set(name, words);
    return (keeps = false);
  }
}
