// The basket: quotes that were collected, each by its permanent link, in their order. It stands in this browser and
// nowhere else; the server proves each quote anew whenever it is shown or exported.

const KEY = "reading-room-basket";
const UNREAD = "reading-room-basket-unread";
const VERSION = 1;
const MOST_QUOTES = 500;
export const LONGEST_NOTE = 5000;

// Dispatches "change" whenever the quotes are others than before, also where another tab of the browser changed them.
class BasketStore extends EventTarget {
  #quotes = [];

  constructor() {
    super();
    this.kept = true; // whether what is collected outlasts this page
    this.#read();
    addEventListener("storage", (event) => event.key === KEY && this.#readAgain());
  }

  // In their order: {link, words, note, origin, language}. `origin` says in a line where the words stand.
  get quotes() {
    return [...this.#quotes];
  }

  get size() {
    return this.#quotes.length;
  }

  has(link) {
    return this.#quotes.some((quote) => isSame(quote.link, link));
  }

  // Puts a quote at the end. "added", "there" where its link stands here already, "full".
  add(quote, note = "") {
    return this.addAll([{ ...quote, note }])[0];
  }

  // The same for several at a time: what became of each.
  addAll(quotes) {
    const standing = this.quotes;
    const became = quotes.map((quote) => {
      if (standing.some((other) => isSame(other.link, quote.link))) return "there";
      return standing.length < MOST_QUOTES && standing.push(cleaned(quote)) ? "added" : "full";
    });
    if (standing.length > this.size) this.#write(standing);
    return became;
  }

  annotate(link, note) {
    this.#write(this.#quotes.map((quote) => (isSame(quote.link, link) ? cleaned({ ...quote, note }) : quote)));
  }

  // One place up (-1) or down (1); a quote at the end of the row stays there.
  move(link, step) {
    const quotes = this.quotes;
    const at = quotes.findIndex((quote) => isSame(quote.link, link));
    if (at < 0 || !quotes[at + step]) return;
    [quotes[at], quotes[at + step]] = [quotes[at + step], quotes[at]];
    this.#write(quotes);
  }

  // Gives back what puts it in its place again.
  remove(link) {
    const at = this.#quotes.findIndex((quote) => isSame(quote.link, link));
    if (at < 0) return () => {};
    const quote = this.#quotes[at];
    this.#write(this.#quotes.toSpliced(at, 1));
    return () => this.has(link) || this.#write(this.#quotes.toSpliced(at, 0, quote));
  }

  // What was set aside because it could not be read, as it stood here; empty where nothing was.
  get unread() {
    return storage()?.getItem(UNREAD) || "";
  }

  discardUnread() {
    attempt(() => storage().removeItem(UNREAD));
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    const before = this.quotes;
    this.#write([]);
    return () => this.#write([...before, ...this.#quotes.filter((quote) => !before.some((other) => isSame(other.link, quote.link)))]);
  }

  #read() {
    const kept = storage();
    this.kept = kept !== null;
    const written = kept && kept.getItem(KEY);
    const quotes = readQuotes(written);
    if (written && !quotes) attempt(() => kept.setItem(UNREAD, written) || kept.removeItem(KEY));
    this.#quotes = quotes || [];
  }

  #readAgain() {
    this.#read();
    this.dispatchEvent(new Event("change"));
  }

  #write(quotes) {
    this.#quotes = quotes;
    const kept = storage();
    this.kept = kept !== null && attempt(() => kept.setItem(KEY, JSON.stringify({ version: VERSION, quotes })));
    this.dispatchEvent(new Event("change"));
  }
}

// Null where the browser keeps nothing, as it may in a private window.
function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function attempt(work) {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

// What is written here is trusted as little as anything from outside. Null for what holds no basket of this version.
function readQuotes(written) {
  try {
    const { version, quotes } = JSON.parse(written);
    if (version !== VERSION || !quotes.every((quote) => isLink(quote.link))) return null;
    return quotes.slice(0, MOST_QUOTES).map(cleaned);
  } catch {
    return null;
  }
}

export function isLink(link) {
  return typeof link === "string" && link.length <= 300 && /^[\w.-]+\/[0-9a-f]{8}\/p\d+\/[0-9a-f]{12}$/.test(link);
}

// The name in front of a link is for people; two links are the same by what stands behind it.
function isSame(link, other) {
  return link.slice(link.indexOf("/")) === other.slice(other.indexOf("/"));
}

function cleaned({ link, words, note, origin, language }) {
  return { link, words: asText(words), note: asText(note).slice(0, LONGEST_NOTE), origin: asText(origin), language: asText(language) };
}

// Text that the server takes: without control characters, or halves of characters.
function asText(value) {
  return typeof value === "string" ? value.replace(/(?![\n\r\t])[\p{Cc}\p{Cs}]/gu, "") : "";
}

export const basket = new BasketStore();
