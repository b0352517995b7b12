// What this browser keeps for its reader: one text under each name. Where the browser keeps nothing, or no more, what was
// written is known until the page is left.

const PREFIX = "reading-room:";
const known = new Map();
let kept = true;

// Whether what was written last outlasts this page.
export function keeps() {
  return kept;
}

export function read(name) {
  if (known.has(name)) return known.get(name);
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    kept = false;
    return null;
  }
}

// A text, or null to forget it.
export function write(name, words) {
  try {
    if (words === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, words);
    known.delete(name);
    kept = true;
  } catch {
    known.set(name, words);
    kept = false;
  }
}

// The names that begin so and have a text.
export function names(beginning) {
  const all = new Set(known.keys());
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const key = localStorage.key(at);
      if (key.startsWith(PREFIX)) all.add(key.slice(PREFIX.length));
    }
  } catch {
    kept = false;
  }
  return [...all].filter((name) => name.startsWith(beginning) && read(name) !== null);
}
