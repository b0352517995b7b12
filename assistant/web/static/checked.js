// What came of checking a draft: how much of each kind is right, and a row for each quotation, figure and reference.

import { basketButton } from "./basketbutton.js";
import { comparedWords, differenceList, joinedQuote } from "./compared.js";
import { openButton } from "./opens.js";
import { counted, text } from "./texts.js";
import { verdictMark } from "./verdict.js";
import { element, sourceLine } from "./words.js";

const KINDS = ["quotation", "figure", "reference"];
const VERDICTS = ["verbatim", "altered", "wrong-page", "other-document", "superseded", "figure-not-there", "not-found"];
const NEAR = 0.4; // the least likeness of a wording that is shown as the nearest to one that was not found
const MOST_PLACES = 3;

// The counts, the choice of faults alone, and the table; null for the last two where there was nothing to check.
export function checkedBlocks(checked, source) {
  const items = numbered(checked.items);
  if (!items.length) return { summary: element("div", { class: "summary" }, element("p", {}, text("check.nothing"))), filter: null, table: null };
  const cited = items.flatMap((item) => item.matches);
  const open = (number, button) => source.open(cited, number, button);
  const table = tableBlock(items, open);
  return { summary: summaryBlock(items), filter: filterBlock(items, table), table };
}

// The places that are shown of each item, numbered through the draft, so that the source can walk through them.
function numbered(items) {
  let number = 0;
  return items.map((item) => {
    const shown = item.matches.filter((match) => item.verdict !== "not-found" || match.similarity >= NEAR);
    return { ...item, matches: shown.slice(0, MOST_PLACES).map((match) => ({ ...match, number: (number += 1) })) };
  });
}

function isFault({ verdict }) {
  return verdict !== "verbatim";
}

function verdictName({ kind, verdict }) {
  return text(verdict === "verbatim" ? `check.right-${kind}` : `check.${verdict}`);
}

function summaryBlock(items) {
  const faults = items.filter(isFault).length;
  const head = element("p", {}, element("strong", {}, faults ? counted("check.faults", faults) : text("check.no-faults")));
  const lines = KINDS.map((kind) => items.filter((item) => item.kind === kind)).filter((same) => same.length);
  return element("div", { class: "summary" }, head, element("ul", { class: "counts" }, ...lines.map(countLine)));
}

function countLine(same) {
  const verdicts = VERDICTS.map((verdict) => same.filter((item) => item.verdict === verdict)).filter((some) => some.length);
  const marks = verdicts.flatMap((some) => [", ", verdictMark(some[0].verdict, `${some.length} ${verdictName(some[0])}`)]);
  const name = element("span", { class: "count-name" }, `${counted(`check.${same[0].kind}s`, same.length)}:`);
  return element("li", {}, name, " ", element("span", {}, ...marks.slice(1)));
}

function filterBlock(items, table) {
  const box = element("input", { type: "checkbox" });
  box.disabled = !items.some(isFault);
  box.addEventListener("change", () => table.classList.toggle("only-faults", box.checked));
  return element("label", { class: "only" }, box, " ", text("check.only-faults"));
}

// The roles are said, for the style sheet lays the rows out anew where it is narrow.
function tableBlock(items, open) {
  const names = ["where", "verdict", "what"].map((name) => element("th", { scope: "col", role: "columnheader" }, text(`check.column-${name}`)));
  const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...names));
  const rows = element("tbody", { role: "rowgroup" }, ...items.map((item) => rowBlock(item, open)));
  const caption = element("caption", { class: "unseen" }, text("check.caption"));
  return element("table", { class: "checked", role: "table" }, caption, head, rows);
}

function rowBlock(item, open) {
  const where = element("th", { scope: "row", role: "rowheader" }, text(`check.${item.kind}`), element("span", { class: "hint" }, item.where));
  const verdict = element("td", { role: "cell" }, verdictMark(item.verdict, verdictName(item)));
  const what = element("td", { role: "cell" }, ...whatBlocks(item, open));
  return element("tr", { role: "row", class: isFault(item) ? "faulty" : "right" }, where, verdict, what);
}

// The draft's words, what is wrong with them, and where the report has its own.
function whatBlocks(item, open) {
  const [first] = item.matches;
  const compared = item.verdict === "altered" && first && item.kind === "quotation";
  const words = compared ? comparedWords(item.text, joinedQuote(first), item.differences) : [item.text];
  const said = element("p", { class: "draft-words", dir: "auto", lang: compared ? first.language : null }, ...words);
  const differing = item.differences.length ? differenceList(item.differences) : null;
  return [said, ...remarkBlocks(item), differing, first ? placesBlock(item, open) : null].filter(Boolean);
}

function remarkBlocks(item) {
  const lines = [item.remark || (isFault(item) && !item.differences.length ? text(`check.${item.verdict}-says`) : "")];
  if (item.cited.length && isFault(item)) lines.push(text("check.cited", { cited: item.cited.join("; ") }));
  if (item.verdict === "not-found" && item.matches.length) lines.push(text("check.nearest"));
  return lines.filter(Boolean).map((line) => element("p", { class: "hint" }, line));
}

function placesBlock({ kind, verdict, matches }, open) {
  const shows = isFault({ verdict }) && verdict !== "altered";
  const quote = ({ language, ...match }) => element("p", { class: "report-words", lang: language, dir: "auto" }, joinedQuote(match));
  const buttons = matches.map((match) => openButton(match, open, sourceLine(match)));
  const collects = kind === "quotation" && verdict !== "not-found" ? basketButton(matches[0]) : null;
  const actions = element("div", { class: "actions" }, ...buttons, ...(collects ? [collects] : []));
  return element("div", {}, ...(shows ? [quote(matches[0])] : []), actions);
}
