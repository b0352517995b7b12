// A picture of what the library covers: a bar for each year, series, country and language. A bar is a button that
// filters, its number stands beside it, and all of it can be read as tables.

import { FACETS, count, nameOf } from "./holdings.js";
import { text } from "./texts.js";
import { element } from "./words.js";

const WIDE = matchMedia("(min-width: 1100px)");
const FIRST = 8;

export class Coverage {
  // `choose(name, value)`: a value was chosen, or taken back as "".
  constructor(place, choose) {
    this.place = place.querySelector(".facets");
    this.choose = choose;
    this.whole = new Set();
    place.open = WIDE.matches;
    WIDE.addEventListener("change", () => (place.open = WIDE.matches));
  }

  show(reports, countries, filters) {
    const focused = this.place.contains(document.activeElement) && document.activeElement.dataset.bar;
    this.shown = { reports, countries, filters };
    const facets = FACETS.map((facet) => [facet, count(reports, facet)]).filter(([, counts]) => counts.length);
    this.place.replaceChildren(
      ...facets.map(([facet, counts]) => this.chart(facet, counts)),
      element("details", { class: "as-table" }, element("summary", {}, text("library.as_table")), ...facets.map(([facet, counts]) => this.table(facet, counts))),
    );
    if (focused) this.place.querySelector(`[data-bar="${CSS.escape(focused)}"]`)?.focus();
  }

  chart(facet, counts) {
    const chosen = this.shown.filters[facet];
    const whole = facet === "year" || this.whole.has(facet) || counts.slice(FIRST).some(([value]) => value === chosen);
    const most = Math.max(...counts.map(([, number]) => number));
    const bars = (whole ? counts : counts.slice(0, FIRST)).map(([value, number]) => this.bar(facet, value, number, most));
    const name = `facet-${facet}`;
    const list = element("ul", { class: `bars bars-${facet}`, "aria-labelledby": name }, ...bars);
    const others = counts.length > FIRST && facet !== "year" ? this.more(facet, counts.length) : null;
    return element("section", { class: "facet" }, element("h2", { id: name }, text(`library.${facet}`)), list, others);
  }

  bar(facet, value, number, most) {
    const chosen = this.shown.filters[facet] === value;
    const measure = element("span", { class: "bar-track", "aria-hidden": "true" }, element("span", { class: "bar-fill" }));
    measure.firstChild.style.inlineSize = `${(100 * number) / most}%`;
    const name = element("span", { class: "bar-name" }, nameOf(facet, value, this.shown.countries));
    const label = element("span", { class: "bar-count" }, String(number), element("span", { class: "unseen" }, ` ${text("library.reports")}`));
    const button = element("button", { type: "button", class: "bar", "aria-pressed": String(chosen), "data-bar": `${facet} ${value}` }, name, measure, label);
    button.addEventListener("click", () => this.choose(facet, chosen ? "" : value));
    return element("li", {}, button);
  }

  more(facet, all) {
    const whole = this.whole.has(facet);
    const words = whole ? text("library.fewer") : text("library.all_values", { count: all });
    const button = element("button", { type: "button", class: "more-bars", "data-bar": `more ${facet}` }, words);
    button.addEventListener("click", () => {
      if (whole) this.whole.delete(facet);
      else this.whole.add(facet);
      this.show(this.shown.reports, this.shown.countries, this.shown.filters);
    });
    return button;
  }

  table(facet, counts) {
    const rows = counts.map(([value, number]) =>
      element("tr", {}, element("th", { scope: "row" }, nameOf(facet, value, this.shown.countries)), element("td", {}, String(number))),
    );
    const head = element("tr", {}, element("th", { scope: "col" }, text(`library.${facet}`)), element("th", { scope: "col" }, text("library.reports")));
    return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  }
}
