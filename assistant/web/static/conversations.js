// The conversations of this reader. They stand in this browser and nowhere else, each under a name of its own, so that
// asking once more writes that one alone. Whole answers are kept: what was shown is shown again, with its citations.

import { keeps, names, read, write } from "./memory.js";

const PREFIX = "conversation:";
const VERSION = 1;
const LONGEST_NAME = 120;

// A conversation is {id, name, changed, turns}, `changed` in milliseconds since 1970; a turn is {text, at, ignore,
// filters, reports, answer}: `at` when it was asked, `reports` how many there were, its answer null where it did not come whole. Dispatches "change" whenever they are others than before.
class Conversations extends EventTarget {
  constructor() {
    super();
    addEventListener("storage", (event) => (event.key || PREFIX).includes(PREFIX) && this.#tell());
  }

  // Whether what is asked outlasts this page.
  get kept() {
    return keeps();
  }

  // Newest first; those whose name, questions or answers hold every one of the words.
  list(words = "") {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const all = names(PREFIX).map((name) => this.get(name.slice(PREFIX.length))).filter(Boolean);
    return all.filter((one) => wanted.every((word) => spoken(one).includes(word))).sort((one, other) => other.changed - one.changed);
  }

  // Null where there is none, or where it cannot be read.
  get(id) {
    try {
      const { version, name, changed, turns } = JSON.parse(read(PREFIX + id));
      if (version !== VERSION || !Array.isArray(turns)) return null;
      return { id, name: String(name), changed: Number(changed), turns: turns.filter((turn) => typeof turn.text === "string") };
    } catch {
      return null;
    }
  }

  // An id for a conversation that begins.
  newId() {
    const letters = crypto.getRandomValues(new Uint8Array(6));
    return Array.from(letters, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Turns that another window of this browser has added meanwhile stay.
  save(id, turns) {
    if (!turns.length) return;
    const before = this.get(id);
    const name = before ? before.name : shorten(turns[0].text);
    this.#write(id, { name, changed: Date.now(), turns: merged(before ? before.turns : [], turns.map(slim)) });
  }

  rename(id, name) {
    const known = this.get(id);
    if (known && name.trim()) this.#write(id, { ...known, name: shorten(name) });
  }

  // Gives back what brings it back.
  remove(id) {
    const known = this.get(id);
    write(PREFIX + id, null);
    this.#tell();
    return () => known && this.#write(id, known);
  }

  #write(id, { name, changed, turns }) {
    write(PREFIX + id, JSON.stringify({ version: VERSION, name, changed, turns }));
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

// The passages that were considered are nine tenths of an answer, and nothing of what is shown.
function slim({ text, at, ignore, filters, reports, answer }) {
  return { text, at, ignore, filters, reports, answer: answer && { ...answer, considered: [] } };
}

// By when they were asked, which tells them apart too. An answer that came in one window is not lost by another.
function merged(stored, own) {
  const known = new Map(stored.map((turn) => [turn.at, turn]));
  const mine = own.map((turn) => ({ ...turn, answer: turn.answer || (turn.at && known.get(turn.at)?.answer) || null }));
  const others = stored.filter((turn) => turn.at && !own.some((one) => one.at === turn.at));
  return [...mine, ...others].sort((one, other) => (one.at || 0) - (other.at || 0));
}

function shorten(name) {
  const words = name.trim().replace(/\s+/g, " ");
  return words.length > LONGEST_NAME ? `${words.slice(0, LONGEST_NAME - 1)}…` : words;
}

function spoken({ name, turns }) {
  const answers = turns.flatMap(({ answer }) => (answer ? answer.sentences.map((sentence) => sentence.text) : []));
  return [name, ...turns.map((turn) => turn.text), ...answers].join("\n").toLocaleLowerCase();
}

export const conversations = new Conversations();
