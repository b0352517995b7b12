// One answer on the page: the reports' sentences, each with its citation, or why there is none.

import { differingBlock } from "./differing.js";
import { countryName, label, languageName } from "./labels.js";
import { tableTools } from "./tabletools.js";
import { counted, text } from "./texts.js";
import { bound, element, sentence, sourceLine, wholeQuote } from "./words.js";

const HEADINGS = { "not-in-library": "not-in-library", declined: "declined", help: "help", "empty-library": "no-reports" };

// What can be opened from an answer: what it cites, or the passages that came nearest.
export function citationsOf(answer) {
  return answer.abstention ? answer.abstention.nearest : answer.citations;
}

// Brings the place up to date with an answer that may still be growing. `open(number, button)` opens a source,
// `without(filters)` asks again without these filters, which were read from the question; `reports`: how many there are.
export function showAnswer(place, answer, complete, shelf, { reports, open, without }) {
  const cite = (citation) => citeButton(citation, open);
  const blocks = answer.abstention ? abstentionBlocks(answer, cite) : answerBlocks(answer, complete, reports, cite);
  blocks.unshift(...understoodBlocks(answer), ...limitsBlocks(answer, complete ? without : null, shelf));
  if (answer.notice) blocks.unshift(noticeBlock(answer.notice));
  replaceChanged(place, blocks);
}

function citeButton(citation, open) {
  const name = text("ask.citation", { number: citation.number, source: sourceLine(citation) });
  const attributes = { type: "button", class: "cite", "aria-label": name, "data-link": citation.link, title: sourceLine(citation) };
  const button = element("button", attributes, String(citation.number));
  button.addEventListener("click", () => open(citation.number, button));
  return button;
}

function answerBlocks(answer, complete, reports, cite) {
  if (!answer.sentences.length) return [];
  const found = new Set(answer.citations.map((citation) => citation.document.slug)).size;
  const all = reports || found;
  const { lead, language } = answer;
  const words = lead ? lead.text : label("found", language, { found, all, reports: counted("answer.reports", all) });
  const opening = element("p", { class: "found", lang: lead ? lead.language : language, dir: "auto" }, words);
  const blocks = [opening, differingBlock(answer, cite)].filter(Boolean);
  const tabled = new Set(answer.table.flatMap((row) => row.cells.map((cell) => cell.citation)));
  const said = answer.sentences.filter((one) => !one.citations.length || !one.citations.every((number) => tabled.has(number)));
  blocks.push(...said.map((one) => sentenceBlock(one, answer, cite)));
  if (answer.table.length) blocks.push(tableBlock(answer, cite));
  if (answer.table.length && complete) blocks.push(tableTools(answer));
  if (complete) blocks.push(sourcesBlock(answer, cite));
  return blocks;
}

// A row for each country, a column for each report; a cell that quotes shows the report's own words.
function tableBlock(answer, cite) {
  const reports = answer.table[0].cells.map((cell) => columnBlock(cell, answer, cite));
  const { language } = answer;
  const head = element("thead", {}, element("tr", {}, element("th", { scope: "col", lang: language }, label("country", language)), ...reports));
  const rows = answer.table.map((row) => {
    const name = element("th", { scope: "row", lang: language }, countryName(row.code, language, row.country));
    return element("tr", {}, name, ...row.cells.map((cell) => cellBlock(row, cell, answer, cite)));
  });
  const caption = label("countries", language);
  const table = element("table", {}, element("caption", { lang: language }, caption), head, element("tbody", {}, ...rows));
  return element("div", { class: "countries", role: "region", "aria-label": caption, tabindex: "0" }, table);
}

// Above a column: the report, and what it calls the table and its columns, with the place where it does.
function columnBlock({ title, heads }, { citations }, cite) {
  const citation = citations.find((one) => one.number === heads);
  if (!citation) return element("th", { scope: "col" }, title);
  const words = element("span", { class: "heads", lang: citation.language, dir: "auto" }, wholeQuote(citation));
  return element("th", { scope: "col" }, title, element("br"), words, numbers([cite(citation)]));
}

function cellBlock(row, cell, { citations, language }, cite) {
  const citation = citations.find((one) => one.number === cell.citation);
  const empty = cell.state === "said" ? null : element("span", { class: "empty", lang: language }, label(cell.state, language));
  if (!citation) return element("td", { class: cell.state }, empty);
  const words = element("span", { class: "said", lang: citation.language, dir: "auto" }, wholeQuote(citation));
  const frame = citation.frame && citation.frame !== row.country ? element("span", { class: "hint about" }, `${citation.frame}: `) : null;
  return element("td", { class: cell.state }, empty, empty && element("br"), frame, words, numbers([cite(citation)]));
}

function sentenceBlock(said, { citations, language }, cite) {
  const cited = citations.filter((citation) => said.citations.includes(citation.number));
  const line = element("p", {}, element("span", { class: "said", dir: "auto", lang: cited[0] && cited[0].language }, said.text));
  if (cited.length) line.append(numbers(cited.map(cite)));
  if (said.status === "unsupported") line.append(" ", element("span", { class: "no-source", lang: language }, label("no-source", language)));
  const about = aboutBlock(said.about, cited);
  const by = said.speaker ? label("speaker", language, { who: said.speaker }) : "";
  const speaker = by ? element("p", { class: "hint speaker", lang: language, dir: "auto" }, by) : null;
  return element(said.status === "verbatim" ? "blockquote" : "div", { class: `sentence ${said.status}` }, about, line, speaker);
}

// The side of the question that a sentence was chosen for, and the country or years that it is about where it does not
// name them itself.
function aboutBlock(side, cited) {
  const frames = cited.map((citation) => citation.frame).filter((frame) => frame && !(side || "").includes(frame));
  const lines = [side, ...new Set(frames)].filter(Boolean).join(", ");
  return lines ? element("p", { class: "hint about", dir: "auto" }, `${sentence(lines).slice(0, -1)}:`) : null;
}

// No white space in front: that would let the numbers fall alone onto a new line. The style sheet sets them apart.
function numbers(buttons) {
  return element("span", { class: "numbers" }, ...buttons);
}

function sourcesBlock({ citations, language }, cite) {
  const lines = citations.map((citation) => {
    const name = element("span", { class: "source-name" }, bound(sourceLine(citation)));
    return element("li", {}, cite(citation), name, titleBeside(citation), periodOf(citation), alsoBlock(citation, language));
  });
  const head = element("h3", { lang: language }, label(lines.length === 1 ? "source" : "sources", language));
  return element("div", { class: "sources" }, head, element("ul", {}, ...lines));
}

// The other places that say it in nearly the same words, each with its permanent page.
function alsoBlock({ also }, language) {
  if (!also || !also.length) return null;
  const places = also.flatMap((other) => [", ", element("a", { href: `/c/${other.link}` }, bound(sourceLine(other)))]).slice(1);
  return element("p", { class: "hint also", lang: language }, label("also", language), " ", ...places);
}

// A report of one year tells the situation of others.
function periodOf({ document: report }) {
  const period = report.reference_period;
  return period ? element("span", { class: "source-period", lang: "en" }, text("answer.period", { period })) : null;
}

function titleBeside({ document: report }) {
  return report.series ? element("cite", { lang: report.language, dir: "auto" }, report.title) : null;
}

function abstentionBlocks(answer, cite) {
  const { kind, reason, missing, searched, nearest, language } = answer.abstention;
  const heading = element("h3", { class: "abstained", lang: language }, label(headingOf(kind, searched), language));
  const blocks = [heading];
  // To somebody who was met with help, a list of words that were not found would be cold.
  const helped = answer.notice && answer.notice.kind === "help" && missing.length > 0;
  if (!helped) blocks.push(element("p", { lang: language, dir: "auto" }, sentence(reason)));
  const names = element("strong", {}, missing.join(", "));
  // In another language the reason names them already, in its own words.
  if (!helped && missing.length && language === "en") blocks.push(element("p", { class: "missing", lang: language }, label("missing", language), " ", names, "."));
  if (searched.documents) blocks.push(element("p", { class: "hint", lang: language }, searchedLine(searched, language)));
  if (nearest.length) blocks.push(nearestBlock(nearest, language, cite));
  return blocks;
}

function searchedLine({ documents, passages }, language) {
  const numbers = { passages: counted("answer.passages", passages), reports: counted("answer.reports", documents) };
  return label("searched", language, { ...numbers, places: passages, all: documents });
}

// Where nothing was searched, as when it is not clear which report is meant, the reports cannot be said to lack it.
function headingOf(kind, searched) {
  const known = HEADINGS[kind] || HEADINGS["not-in-library"];
  return known === HEADINGS["not-in-library"] && !searched.documents ? HEADINGS.declined : known;
}

function nearestBlock(nearest, language, cite) {
  const items = nearest.map((citation) => {
    const words = element("span", { class: "said", lang: citation.language, dir: "auto" }, wholeQuote(citation));
    const origin = element("p", { class: "hint" }, [citation.frame, bound(sourceLine(citation))].filter(Boolean).join(": "));
    return element("li", {}, element("p", {}, words, numbers([cite(citation)])), origin);
  });
  const head = element("h3", { lang: language }, label("nearest", language));
  const warning = element("p", { class: "hint", lang: language }, label("no-answer", language));
  return element("div", { class: "nearest" }, head, warning, element("ul", {}, ...items));
}

function understoodBlocks(answer) {
  const { language, added } = answer;
  const lines = [];
  const name = answer.rewritten === "model" ? "understood-by-model" : "understood";
  if (answer.understood_as && answer.understood_as.trim() !== answer.question.trim()) lines.push(label(name, language, { text: answer.understood_as }));
  if (added.length) lines.push(label("added", language, { words: added.join(", ") }));
  return lines.map((line) => element("p", { class: "hint", lang: language, dir: "auto" }, line));
}

const KINDS = ["years", "series", "countries", "languages", "documents"];

// What the search is limited to. What was read from the question stands as a button that takes it away and asks again.
function limitsBlocks(answer, without, shelf) {
  const { language } = answer;
  const chips = KINDS.flatMap((kind) => {
    const values = kind === "years" && answer.filters.years.length ? [answer.filters.years] : answer.filters[kind];
    return values.map((value) => chip(answer, kind, value, limitName(kind, value, language, shelf), without));
  });
  if (!chips.length) return [];
  const items = chips.map((one) => element("li", {}, one));
  return [element("div", { class: "limits", lang: language }, element("span", {}, label("only", language)), element("ul", {}, ...items))];
}

function chip(answer, kind, value, name, without) {
  const wasRead = kind === "years" ? answer.read.years.length > 0 : answer.read[kind].includes(value);
  if (!wasRead || !without) return element("span", { class: "chip", dir: "auto" }, name);
  const words = label("without", answer.language, { name });
  const attributes = { type: "button", class: "chip", dir: "auto", "aria-label": words, title: words };
  const button = element("button", attributes, name, element("span", { class: "cross", "aria-hidden": "true" }, "×"));
  button.addEventListener("click", () => without({ [kind]: kind === "years" ? value : [value] }));
  return button;
}

function limitName(kind, value, language, shelf) {
  if (kind === "years") return [...new Set(value)].join("–");
  if (kind === "countries") return countryName(value, language, countryName(value, "en-GB", value));
  if (kind === "languages") return languageName(value, language);
  return kind === "documents" ? shelf.titleOf(value) : value;
}

// Help stands first, under a heading of its own, one sentence a line; a number that can be called is a link.
function noticeBlock(notice) {
  const lines = notice.kind === "help" ? notice.text.split(/(?<=[.!?])\s+/) : [notice.text];
  const head = notice.kind === "help" ? element("h3", {}, label("help", notice.language)) : null;
  const source = notice.source ? element("p", { class: "hint" }, notice.source) : null;
  const attributes = { class: `notice ${notice.kind}`, lang: notice.language, dir: "auto" };
  return element("div", attributes, head, ...lines.map((line) => element("p", {}, ...withEmergencyNumber(line))), source);
}

function withEmergencyNumber(line) {
  return line.split(/\b(112)\b/).map((piece) => (piece === "112" ? element("a", { href: "tel:112" }, piece) : piece));
}

// Puts blocks in place of those that stand there, leaving each that says the same already.
function replaceChanged(place, blocks) {
  blocks.forEach((block, at) => {
    const standing = place.children[at];
    if (!standing) place.append(block);
    else if (!sameBlock(standing, block)) standing.replaceWith(block);
  });
  while (place.children.length > blocks.length) place.lastChild.remove();
}

function sameBlock(standing, block) {
  const copy = standing.cloneNode(true);
  for (const button of copy.querySelectorAll("[aria-current]")) button.removeAttribute("aria-current");
  return copy.isEqualNode(block);
}
