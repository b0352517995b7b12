// A conversation as a file: Markdown for people, JSON for programs. Each citation has its permanent link.

import { citationsOf } from "./answer.js";
import { saveFile } from "./opens.js";
import { text } from "./texts.js";
import { sentence, sourceLine } from "./words.js";

export function saveConversation(one, format) {
  const name = one.name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "conversation";
  if (format === "md") saveFile(new Blob([asMarkdown(one)], { type: "text/markdown" }), `${name}.md`);
  else saveFile(new Blob([JSON.stringify(one, null, 2)], { type: "application/json" }), `${name}.json`);
}

function asMarkdown({ name, turns }) {
  return [`# ${inline(name)}`, ...turns.flatMap((turn, at) => turnLines(turn, `${at + 1}-`))].join("\n\n") + "\n";
}

function turnLines({ text: question, answer }, prefix) {
  return [`## ${inline(question)}`, ...(answer ? answerLines(answer, prefix) : [text("ask.unanswered")])];
}

// An answer as paragraphs: its quotes with numbers, which begin with `prefix`, and a footnote for each.
function answerLines(answer, prefix = "") {
  const lines = answer.notice ? [inline(answer.notice.text)] : [];
  if (answer.lead) lines.push(inline(answer.lead.text));
  if (answer.abstention) lines.push(inline(sentence(answer.abstention.reason)));
  lines.push(...answer.sentences.map((one) => sentenceLine(one, prefix)));
  lines.push(...citationsOf(answer).map((one) => noteLine(one, prefix)));
  return lines;
}

function sentenceLine({ text: words, status, citations }, prefix) {
  const numbers = citations.map((number) => `[^${prefix}${number}]`).join("");
  if (status === "unsupported") return `${inline(words)} (${text("ask.no_source")})`;
  return `${status === "verbatim" ? "> " : ""}${inline(words)}${numbers}`;
}

function noteLine(citation, prefix) {
  const { document: report, number, link } = citation;
  const quote = citation.parts.map((part) => part.quote).join(" ");
  return `[^${prefix}${number}]: ${inline(report.title)}, ${inline(sourceLine(citation))}: “${inline(quote)}” <${location.origin}/c/${link}>`;
}

// Words of a report are never marks of Markdown.
function inline(words) {
  return words.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|]/g, "\\$&").trim();
}
