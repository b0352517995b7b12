// One answer on the page: the reports' sentences, each with its citation, or why there is none.

import { count, element, sentence, sourceLine, wholeQuote } from "./words.js";

const HEADINGS = {
  "not-in-library": "Not in these reports",
  declined: "Not answered here",
  help: "Help comes first",
  "empty-library": "There are no reports yet",
};

const HELP_FIRST = {
  de: "Zuerst Hilfe",
  fr: "D'abord de l'aide",
  es: "Primero, ayuda",
  it: "Prima di tutto, aiuto",
  pl: "Najpierw pomoc",
  nl: "Eerst hulp",
  pt: "Primeiro, ajuda",
  ro: "Mai întâi ajutor",
};

// What can be opened from an answer: what it cites, or the passages that came nearest.
export function citationsOf(answer) {
  return answer.abstention ? answer.abstention.nearest : answer.citations;
}

// Brings the place up to date with an answer that may still be growing. `open(number, button)` opens a source.
export function showAnswer(place, answer, complete, reports, open) {
  const cite = (citation) => citeButton(citation, open);
  const blocks = answer.abstention ? abstentionBlocks(answer, cite) : answerBlocks(answer, complete, reports, cite);
  blocks.unshift(...understoodBlocks(answer));
  if (answer.notice) blocks.unshift(noticeBlock(answer.notice));
  replaceChanged(place, blocks);
}

function citeButton(citation, open) {
  const label = `Citation ${citation.number}: ${sourceLine(citation)}`;
  const attributes = { type: "button", class: "cite", "aria-label": label, "data-link": citation.link, title: sourceLine(citation) };
  const button = element("button", attributes, String(citation.number));
  button.addEventListener("click", () => open(citation.number, button));
  return button;
}

function answerBlocks(answer, complete, reports, cite) {
  if (!answer.sentences.length) return [];
  const found = new Set(answer.citations.map((citation) => citation.document.slug)).size;
  const of = reports ? `${found} of ${count(reports, "report", "reports")}` : count(found, "report", "reports");
  const { lead } = answer;
  const opening = lead ? element("p", { class: "found", lang: lead.language, dir: "auto" }, lead.text) : element("p", { class: "found" }, `Found in ${of}`);
  const blocks = [opening];
  const tabled = new Set(answer.table.flatMap((row) => row.cells.map((cell) => cell.citation)));
  const said = answer.sentences.filter((one) => !one.citations.length || !one.citations.every((number) => tabled.has(number)));
  blocks.push(...said.map((one) => sentenceBlock(one, answer.citations, cite)));
  if (answer.table.length) blocks.push(tableBlock(answer, cite));
  if (complete) blocks.push(sourcesBlock(answer.citations, cite));
  return blocks;
}

const EMPTY = {
  "no-such-measure": "Reports no such measure",
  "did-not-take-part": "Did not take part",
  "not-found": "Not found in this report",
};

// A row for each country, a column for each report; a cell that quotes shows the report's own words.
function tableBlock(answer, cite) {
  const reports = answer.table[0].cells.map((cell) => element("th", { scope: "col" }, cell.title));
  const head = element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Country"), ...reports));
  const rows = answer.table.map((row) =>
    element("tr", {}, element("th", { scope: "row" }, row.country), ...row.cells.map((cell) => cellBlock(cell, answer.citations, cite))),
  );
  const table = element("table", {}, element("caption", {}, "Country by country, in the reports’ own words"), head, element("tbody", {}, ...rows));
  return element("div", { class: "countries", role: "region", "aria-label": "Country table", tabindex: "0" }, table);
}

function cellBlock(cell, citations, cite) {
  const citation = citations.find((one) => one.number === cell.citation);
  const empty = cell.state === "said" ? null : element("span", { class: "empty" }, EMPTY[cell.state]);
  if (!citation) return element("td", { class: cell.state }, empty);
  const words = element("span", { class: "said", lang: citation.document.language, dir: "auto" }, wholeQuote(citation));
  return element("td", { class: cell.state }, empty, empty && element("br"), words, numbers([cite(citation)]));
}

function sentenceBlock(said, citations, cite) {
  const cited = citations.filter((citation) => said.citations.includes(citation.number));
  const line = element("p", {}, element("span", { class: "said", dir: "auto", lang: cited[0] && cited[0].document.language }, said.text));
  if (cited.length) line.append(numbers(cited.map(cite)));
  if (said.status === "unsupported") line.append(" ", element("span", { class: "no-source" }, "no source found"));
  return element(said.status === "verbatim" ? "blockquote" : "div", { class: `sentence ${said.status}` }, line);
}

// No white space in front: that would let the numbers fall alone onto a new line. The style sheet sets them apart.
function numbers(buttons) {
  return element("span", { class: "numbers" }, ...buttons);
}

function sourcesBlock(citations, cite) {
  const lines = citations.map((citation) =>
    element("li", {}, cite(citation), element("span", { class: "source-name" }, sourceLine(citation)), titleBeside(citation)),
  );
  return element("div", { class: "sources" }, element("h3", {}, lines.length === 1 ? "Source" : "Sources"), element("ul", {}, ...lines));
}

function titleBeside({ document: report }) {
  return report.series ? element("cite", { lang: report.language, dir: "auto" }, report.title) : null;
}

function abstentionBlocks(answer, cite) {
  const { kind, reason, missing, searched, nearest, language } = answer.abstention;
  const blocks = [element("h3", { class: "abstained" }, headingOf(kind, searched)), element("p", { lang: language, dir: "auto" }, sentence(reason))];
  if (missing.length) blocks.push(element("p", { class: "missing" }, "Not found: ", element("strong", {}, missing.join(", ")), "."));
  if (searched.documents) {
    const passages = count(searched.passages, "passage", "passages");
    blocks.push(element("p", { class: "hint" }, `Searched: ${passages} of ${count(searched.documents, "report", "reports")}.`));
  }
  if (nearest.length) blocks.push(nearestBlock(nearest, cite));
  return blocks;
}

// Where nothing was searched, as when it is not clear which report is meant, the reports cannot be said to lack it.
function headingOf(kind, searched) {
  const known = HEADINGS[kind] || HEADINGS["not-in-library"];
  return known === HEADINGS["not-in-library"] && !searched.documents ? HEADINGS.declined : known;
}

function nearestBlock(nearest, cite) {
  const items = nearest.map((citation) => {
    const words = element("span", { class: "said", lang: citation.document.language, dir: "auto" }, wholeQuote(citation));
    const origin = element("p", { class: "hint" }, sourceLine(citation));
    return element("li", {}, element("p", {}, words, numbers([cite(citation)])), origin);
  });
  const head = element("h3", {}, "Nearest passages");
  const warning = element("p", { class: "hint" }, "They are about something close to the question, and do not answer it.");
  return element("div", { class: "nearest" }, head, warning, element("ul", {}, ...items));
}

function understoodBlocks(answer) {
  const { years, series, countries, languages, documents } = answer.filters;
  const limits = [years.length ? [...new Set(years)].join("–") : "", ...series, ...countries, ...languages, ...documents].filter(Boolean);
  const lines = [];
  if (answer.understood_as && answer.understood_as.trim() !== answer.question.trim()) lines.push(`Understood as: ${answer.understood_as}`);
  if (limits.length) lines.push(`Searched only: ${limits.join(", ")}`);
  return lines.map((line) => element("p", { class: "hint", dir: "auto" }, line));
}

// Help stands first, under a heading of its own, one sentence a line; a number that can be called is a link.
function noticeBlock(notice) {
  const lines = notice.kind === "help" ? notice.text.split(/(?<=[.!?])\s+/) : [notice.text];
  const head = notice.kind === "help" ? element("h3", {}, HELP_FIRST[notice.language] || HEADINGS.help) : null;
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
