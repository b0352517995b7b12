// The table by country as others take it: on the clipboard as a table and as text with tabs, and as a CSV file.

import { copyButton } from "./copying.js";
import { countryName, label } from "./labels.js";
import { saveFile } from "./opens.js";
import { text } from "./texts.js";
import { element, sourceLine, wholeQuote } from "./words.js";

export function tableTools(answer) {
  const save = element("button", { type: "button" }, text("answer.csv"));
  save.addEventListener("click", () => saveFile(new Blob([`\ufeff${asCsv(rowsOf(answer))}`], { type: "text/csv" }), "countries.csv"));
  return element("div", { class: "tools table-tools" }, copyButton("answer.copy_table", "answer.table_copied", () => asTable(rowsOf(answer))), save);
}

// The head, then a row for each country; a cell that quotes has its source and permanent link behind the words.
function rowsOf({ table, citations, language }) {
  const head = [label("country", language), ...table[0].cells.map((cell) => cell.title)];
  return [head, ...table.map((row) => [countryName(row.code, language, row.country), ...row.cells.map((cell) => cellWords(cell, citations, language))])];
}

function cellWords(cell, citations, language) {
  const citation = citations.find((one) => one.number === cell.citation);
  const state = cell.state === "said" ? null : label(cell.state, language);
  const quote = citation && `“${wholeQuote(citation)}” (${sourceLine(citation)}, ${location.origin}/c/${citation.link})`;
  return [state, quote].filter(Boolean).join(" ");
}

function asTable(rows) {
  const [head, ...body] = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, " ")));
  const line = (tag) => (row) => element("tr", {}, ...row.map((cell) => element(tag, {}, cell)));
  const table = element("table", {}, element("thead", {}, line("th")(head)), element("tbody", {}, ...body.map(line("td"))));
  return { text: [head, ...body].map((row) => row.join("\t")).join("\n"), html: table.outerHTML };
}

// A cell that begins like a formula would be one in a spreadsheet.
function asCsv(rows) {
  const safe = (cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
  return rows.map((row) => row.map((cell) => `"${safe(cell).replaceAll('"', '""')}"`).join(",")).join("\r\n") + "\r\n";
}
