// Quotes from a file: a JSON export of a basket, or the basket of the command line. Whatever the file says of them, the
// server proves each anew before it is shown.

import { basket, isLink } from "./basketstore.js";
import { counted, text } from "./texts.js";

const LARGEST = 5_000_000; // bytes

// What came of it, in words.
export async function importQuotes(file) {
  if (file.size > LARGEST) return text("basket.import-large", { name: file.name });
  const quotes = readFile(await file.text());
  if (!quotes) return text("basket.import-wrong", { name: file.name });
  const came = { added: 0, there: 0, full: 0, refused: 0 };
  const held = quotes.filter((quote) => isLink(quote?.link));
  came.refused = quotes.length - held.length;
  for (const became of basket.addAll(held.map(collected))) came[became] += 1;
  const lines = Object.entries(came).map(([what, number]) => (number ? counted(`basket.import-${what}`, number) : ""));
  return lines.filter(Boolean).join(" ") || text("basket.import-empty", { name: file.name });
}

function readFile(written) {
  try {
    const { quotes, entries } = JSON.parse(written);
    const found = quotes || entries;
    return Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

function collected({ link, words, note, language, reference }) {
  return { link, words, note, language, origin: reference };
}
