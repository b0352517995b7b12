// Two wordings side by side: yours, and the report's. What differs is the server's finding; here it is only shown where
// it stands. Marked words say whose they are to those who hear the page.

import { text } from "./texts.js";
import { element } from "./words.js";

const TOKEN = /\d{1,3}(?:\s\d{3})+(?!\w)|\d+(?:[.,]\d+)*|[\p{L}\p{M}\p{N}_]+(?:['’]\p{L}+)*|[^\s\p{L}\p{M}\p{N}_]/gu;
const MOST_CELLS = 4_000_000;
const ELLIPSIS = /\[?(?:\.{3,}|…)\]?/;

// A sentence for each difference, such as: A number is another one: yours has “60”, the report “30”.
export function differenceList(differences) {
  const items = differences.map(({ kind, yours, source }) => {
    const name = element("span", { class: "difference-kind" }, text(`find.kind-${kind}`));
    const both = [side("del", "yours", yours), side("ins", "source", source)];
    return element("li", {}, name, ...both);
  });
  return element("ul", { class: "differences" }, ...items);
}

function side(tag, whose, words) {
  const said = words ? element(tag, { dir: "auto" }, words) : element("span", { class: "nothing" }, text("find.nothing"));
  return element("span", { class: "difference-side" }, element("span", { class: "whose" }, text(`find.${whose}`)), " ", said);
}

// The report's words with yours struck out where they differ; the report's words alone where too much was written to be
// laid side by side.
export function comparedWords(yours, source, differences) {
  const [ours, theirs] = [tokensOf(yours), tokensOf(source)];
  if (!differences.length || ours.length * theirs.length > MOST_CELLS) return [source];
  const pieces = [];
  let at = 0;
  for (const [from, to, start, end] of changes(ours, theirs)) {
    const [left, right] = [cutTokens(yours, ours, from, to), cutTokens(source, theirs, start, end)];
    if (!differences.some((one) => covers(one.yours, left) || covers(one.source, right))) continue;
    const place = start < theirs.length ? theirs[start].index : source.length;
    pieces.push(source.slice(at, place));
    if (left) pieces.push(marked("del", "yours", left), " ");
    if (right) pieces.push(marked("ins", "source", right));
    at = end > start ? theirs[end - 1].index + theirs[end - 1].length : place;
  }
  return [...pieces, source.slice(at)];
}

function marked(tag, whose, words) {
  return element(tag, {}, element("span", { class: "unseen" }, `${text(`find.${whose}-heard`)} `), words);
}

function tokensOf(words) {
  return [...words.matchAll(TOKEN)].map((found) => ({ key: keyOf(found[0]), index: found.index, length: found[0].length }));
}

function keyOf(token) {
  const folded = token.normalize("NFKC").toLowerCase().replace(/\s/g, "");
  return folded.replace(/^[“”„‟«»"'‘’‚‛]$/, '"').replace(/^[‐‑‒–—―−]$/, "-").replace(/’/g, "'");
}

function cutTokens(words, tokens, from, to) {
  return to > from ? words.slice(tokens[from].index, tokens[to - 1].index + tokens[to - 1].length) : "";
}

function covers(difference, words) {
  const [one, other] = [difference, words].map((side) => tokensOf(side).map((token) => token.key).join(" "));
  return Boolean(one && other) && (one.includes(other) || other.includes(one));
}

// [from, to, start, end] of each stretch that the longest common run of tokens leaves over on either side.
function changes(ours, theirs) {
  const width = theirs.length + 1;
  const longest = new Uint16Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      const [down, right] = [longest[(i + 1) * width + j], longest[i * width + j + 1]];
      longest[i * width + j] = ours[i].key === theirs[j].key ? longest[(i + 1) * width + j + 1] + 1 : Math.max(down, right);
    }
  }
  const found = [];
  let [i, j, from, start] = [0, 0, 0, 0];
  const close = () => (i > from || j > start) && found.push([from, i, start, j]);
  while (i < ours.length && j < theirs.length) {
    if (ours[i].key === theirs[j].key) {
      close();
      [i, j] = [i + 1, j + 1];
      [from, start] = [i, j];
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i += 1;
    else j += 1;
  }
  [i, j] = [ours.length, theirs.length];
  close();
  return found;
}

// A quote in one line, with a mark where the text that was looked for leaves words out.
export function joinedQuote({ parts }, sought = "") {
  const gap = ELLIPSIS.test(sought) ? " [...] " : " ";
  return parts.map((part) => part.quote.replace(/\s+/g, " ")).join(gap);
}
