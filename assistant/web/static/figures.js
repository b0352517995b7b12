// A figure from 0 to 1 with its interval: a dot on a line, and the numbers as text beside it.

import { text } from "./texts.js";
import { element } from "./words.js";

export function figureTable(name, rows) {
  const heads = [name, null, text("evaluation.value"), text("evaluation.interval"), text("evaluation.questions")];
  const cells = heads.map((words) => (words ? element("th", { scope: "col", role: "columnheader" }, words) : element("td", { role: "cell", class: "scale", "aria-hidden": "true" }, element("span", {}, "0"), element("span", {}, "1"))));
  return element("table", { class: "figures", role: "table" }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...cells)), element("tbody", { role: "rowgroup" }, ...rows));
}

// `about`: one quiet line below the name. `here`: it is the one that is being looked at.
export function figureRow(name, { value, low, high, n }, about = null, here = false) {
  const own = about && !about.startsWith("evaluation.") ? element("span", { class: "figure-about" }, about) : null;
  const drawn = element("span", { class: "line", "aria-hidden": "true" }, element("span", { class: "interval" }), element("span", { class: "dot" }));
  place(drawn.children[0], low, high - low);
  place(drawn.children[1], value);
  return element(
    "tr",
    { role: "row", class: here ? "here" : null, "aria-current": here ? "true" : null },
    element("th", { scope: "row", role: "rowheader" }, name, own),
    element("td", { role: "cell", class: "drawn", "aria-hidden": "true" }, drawn),
    element("td", { role: "cell", class: "value" }, value.toFixed(3)),
    element("td", { role: "cell", class: "range", "data-name": text("evaluation.interval") }, text("evaluation.range", { low: low.toFixed(3), high: high.toFixed(3) })),
    element("td", { role: "cell", class: "questions", "data-name": text("evaluation.questions") }, String(n)),
  );
}

function place(mark, start, width) {
  mark.style.insetInlineStart = `${100 * Math.min(Math.max(start, 0), 1)}%`;
  if (width !== undefined) mark.style.inlineSize = `${100 * Math.min(Math.max(width, 0), 1)}%`;
}
