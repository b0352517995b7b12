// What can be done with a whole answer: copy it with footnotes, save it as a Word file, put its quotes into the basket.

import { announce } from "./announce.js";
import { basket } from "./basketstore.js";
import { copyButton } from "./copying.js";
import { fileButton } from "./opens.js";
import { fetchJson } from "./stream.js";
import { counted, text } from "./texts.js";
import { element, sourceLine, wholeQuote } from "./words.js";

// Null where nothing is quoted.
export function answerTools(answer) {
  const { citations } = answer;
  if (!citations.length) return null;
  const collect = element("button", { type: "button" }, text("answer.collect"));
  collect.addEventListener("click", () => announce(counted("answer.collected", collectAll(citations))));
  const send = () => ["/api/basket/export", post({ quotes: quotesOf(citations), format: "docx" })];
  const word = fileButton(text("answer.word"), () => "answer.docx", send, (fault) => fault && announce(fault));
  const copy = copyButton("answer.copy", "answer.copied", () => withFootnotes(answer));
  return element("div", { class: "tools", role: "group", "aria-label": text("answer.tools") }, copy, word, collect);
}

// How many were not there before.
function collectAll(citations) {
  const added = citations.map((citation) =>
    basket.add({ link: citation.link, words: wholeQuote(citation), origin: sourceLine(citation), language: citation.language }),
  );
  return added.filter((one) => one === "added").length;
}

function post(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function quotesOf(citations) {
  return citations.map((citation) => ({ link: citation.link, quote: wholeQuote(citation) }));
}

// The answer as text and as HTML, its sentences with numbers, and below them the footnote of each citation. The server
// proves each quote anew before it writes a reference.
async function withFootnotes({ question, sentences, citations }) {
  const { quotes } = await fetchJson("/api/basket", post({ quotes: quotesOf(citations) }));
  const references = new Map(quotes.map((quote) => [quote.link, quote.references.footnote]));
  const notes = citations.map((citation) => [citation.number, references.get(citation.link) || sourceLine(citation)]);
  const said = sentences.map((one) => [one.status === "verbatim" ? `“${one.text}”` : one.text, one.citations]);
  const lines = said.map(([words, numbers]) => words + numbers.map((number) => `[${number}]`).join(""));
  const plain = [question, ...lines, ...notes.map(([number, note]) => `[${number}] ${note}`)].join("\n\n");
  const html = element("div", {}, element("p", {}, element("strong", {}, question)));
  html.append(...said.map(([words, numbers]) => element("p", {}, words, ...numbers.map((number) => element("sup", {}, `[${number}]`)))));
  html.append(...notes.map(([number, note]) => element("p", {}, element("sup", {}, `[${number}]`), ` ${note}`)));
  return { text: plain, html: html.innerHTML };
}
