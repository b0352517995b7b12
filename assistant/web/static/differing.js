// Where reports disagree: each figure with its years and its report, side by side.

import { label } from "./labels.js";
import { text } from "./texts.js";
import { bound, element, seriesLine } from "./words.js";

// Null where they do not. `cite(citation)` makes the button of a citation.
export function differingBlock({ differing, citations, language }, cite) {
  if (!differing || !differing.length) return null;
  const said = (name) => ({ lang: language, words: label(name, language) });
  const heads = ["figure", "years", "report"].map(said).map(({ lang, words }) => element("th", { scope: "col", lang }, words));
  const rows = differing.map((one) => row(one, citations.find(({ number }) => number === one.citation), said("no-years"), cite));
  const caption = element("caption", { lang: language }, label("differing", language));
  return element("table", { class: "figures-differ" }, caption, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
}

function row({ figure, years, reference_period: period }, citation, unknown, cite) {
  const { document: report, language } = citation;
  const numbers = element("span", { class: "numbers" }, cite(citation));
  const head = element("th", { scope: "row" }, element("span", { class: "said", lang: language, dir: "auto" }, bound(figure)), numbers);
  const when = years ? element("td", { lang: language, dir: "auto" }, years) : element("td", { class: "empty", lang: unknown.lang }, unknown.words);
  const title = element("cite", { lang: report.language, dir: "auto" }, report.title);
  const about = [report.series && seriesLine(report), period && text("answer.period", { period })].filter(Boolean).join(", ");
  return element("tr", {}, head, when, element("td", {}, title, about ? element("span", { class: "hint", lang: "en" }, about) : null));
}
