// The reports in a table; on small screens the same table as cards. Its heads sort it, the tools above choose from it.

import { FACETS, NO_FILTERS, count, nameOf } from "./holdings.js";
import { text } from "./texts.js";
import { element, reportAddress } from "./words.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const FEW = 2;

// Columns in their order: what each is called and sorted by. Nothing to sort by stands last, whichever way.
const COLUMNS = [
  { name: "report", key: (report) => report.title },
  { name: "series", key: (report) => report.series },
  { name: "number", key: (report) => report.number },
  { name: "year", key: (report) => report.year },
  { name: "countries", key: (report) => report.countries.length || null },
  { name: "language", key: (report) => nameOf("language", report.language) },
  { name: "pages", key: (report) => report.pages },
  { name: "added", key: (report) => report.added },
  { name: "look", key: (report) => report.wrong_pages },
];
const NUMBERS = ["number", "year", "pages", "look"];

export class ReportList {
  // `filter(changed)`: what is searched for has changed. `actions(report)`: the buttons at the end of a report's row.
  constructor(place, filter, actions = () => []) {
    this.place = place;
    this.tools = place.querySelector(".list-tools");
    this.actions = actions;
    this.sorted = { name: "report", down: false };
    this.tools.addEventListener("submit", (event) => event.preventDefault());
    this.tools.addEventListener("input", ({ target }) => {
      if (target.name !== "sort") filter({ [target.name]: target.value });
    });
    this.tools.elements.sort.addEventListener("change", ({ target }) => {
      const [name, way] = target.value.split(" ");
      this.sortBy(name, way === "down");
    });
    place.querySelector(".clear-filters").addEventListener("click", () => {
      filter(NO_FILTERS);
      this.tools.elements.words.focus();
    });
  }

  show(reports, countries, filters, chosen, filtered) {
    this.shown = { countries, chosen };
    for (const facet of FACETS) this.fill(this.tools.elements[facet], facet, count(reports, facet), filters[facet]);
    if (this.tools.elements.words.value !== filters.words) this.tools.elements.words.value = filters.words;
    const said = filtered ? text("library.shown_of", { shown: chosen.length, all: reports.length }) : text("library.every_shown", { all: reports.length });
    const status = this.place.querySelector("[role=status]");
    if (status.textContent !== said) status.textContent = said;
    this.place.querySelector(".clear-filters").hidden = !filtered;
    this.place.querySelector(".nothing-fits").hidden = chosen.length > 0;
    this.place.querySelector(".report-list").hidden = !chosen.length;
    this.showRows();
  }

  sortBy(name, down) {
    this.sorted = { name, down };
    this.showRows();
  }

  showRows() {
    const { name, down } = this.sorted;
    const column = COLUMNS.find((one) => one.name === name);
    const rows = [...this.shown.chosen].sort((one, other) => compare(column.key(one), column.key(other), down) || compare(one.title, other.title, false));
    this.showHeads();
    this.fillSort();
    this.place.querySelector("tbody").replaceChildren(...rows.map((report) => this.row(report)));
  }

  showHeads() {
    const heads = this.place.querySelector("thead");
    const focused = heads.contains(document.activeElement) && document.activeElement.dataset.column;
    const made = COLUMNS.map(({ name }) => {
      const on = this.sorted.name === name;
      const sort = on ? (this.sorted.down ? "descending" : "ascending") : "none";
      const button = element("button", { type: "button", "data-column": name }, text(`library.${name}`), element("span", { class: "sort-mark", "aria-hidden": "true" }, on ? (this.sorted.down ? "▼" : "▲") : ""));
      button.addEventListener("click", () => this.sortBy(name, on && !this.sorted.down));
      return element("th", { scope: "col", role: "columnheader", "aria-sort": sort, class: `column-${name}` }, button);
    });
    const last = element("th", { scope: "col", role: "columnheader", class: "column-actions" }, element("span", { class: "unseen" }, text("library.actions")));
    heads.replaceChildren(element("tr", { role: "row" }, ...made, last));
    if (focused) heads.querySelector(`[data-column="${focused}"]`).focus();
  }

  row(report) {
    const cells = COLUMNS.map(({ name }) => {
      const own = { class: `column-${name}`, "data-name": text(`library.${name}`) };
      const [tag, role] = name === "report" ? ["th", "rowheader"] : ["td", "cell"];
      const made = element(tag, { ...own, role, scope: name === "report" ? "row" : null }, ...[this.cell(name, report)].flat());
      if (NUMBERS.includes(name)) made.classList.add("number");
      if (!made.textContent) made.classList.add("unsaid");
      return made;
    });
    const actions = element("td", { role: "cell", class: "column-actions" }, ...this.actions(report));
    return element("tr", { role: "row" }, ...cells, actions);
  }

  cell(name, report) {
    if (name === "report") {
      return element("a", { href: reportAddress(report), lang: report.language, dir: "auto" }, report.title);
    }
    if (name === "countries") return countriesLine(report.countries, this.shown.countries);
    if (name === "language") return nameOf("language", report.language);
    if (name === "added") return element("time", { datetime: report.added }, DAY.format(new Date(report.added)));
    if (name === "look") return report.wrong_pages ? element("a", { href: reportAddress(report) }, text("library.pages_to_look_at", { count: report.wrong_pages })) : "";
    return report[name] === null ? "" : String(report[name]);
  }

  fill(select, facet, counts, chosen) {
    const options = counts.map(([value, number]) => [value, `${nameOf(facet, value, this.shown.countries)} (${number})`]);
    if (facet === "year") options.reverse();
    if (facet === "country") options.sort((one, other) => one[1].localeCompare(other[1], "en"));
    setOptions(select, [["", text("library.any")], ...options], chosen);
  }

  fillSort() {
    const options = COLUMNS.flatMap(({ name }) => ["up", "down"].map((way) => [`${name} ${way}`, `${text(`library.${name}`)}, ${text(`library.${way}`)}`]));
    setOptions(this.tools.elements.sort, options, `${this.sorted.name} ${this.sorted.down ? "down" : "up"}`);
  }
}

// An open list would close, and the focus move, if its options were replaced by the same ones.
function setOptions(select, options, chosen) {
  const known = [...select.options].map((option) => `${option.value}\n${option.textContent}`).join("\n");
  if (known !== options.map((option) => option.join("\n")).join("\n")) {
    select.replaceChildren(...options.map(([value, words]) => element("option", { value }, words)));
  }
  select.value = chosen;
}

function countriesLine(codes, names) {
  if (!codes.length) return "";
  const said = codes.map((code) => names[code] || code).sort((one, other) => one.localeCompare(other, "en"));
  if (said.length <= FEW) return said.join(", ");
  return element("span", { title: said.join(", ") }, text("library.many_countries", { count: said.length }));
}

function compare(one, other, down) {
  const missing = [one, other].map((value) => value === null || value === undefined || value === "");
  if (missing.some(Boolean)) return missing[0] - missing[1];
  const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en", { numeric: true, sensitivity: "base" });
  return down ? -order : order;
}
