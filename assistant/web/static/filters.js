// What the reader limits the search to: series, years, country, language, report. It goes along with every question.

import { countryName, languageName } from "./labels.js";
import { text } from "./texts.js";
import { element } from "./words.js";

const NONE = { years: [], series: [], countries: [], languages: [], documents: [] };
const ENGLISH = "en-GB";

// Dispatches "change" when the reader chose.
export class Filters extends EventTarget {
  constructor(form) {
    super();
    this.form = form;
    this.documents = [];
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("reset", () => setTimeout(() => this.changed()));
  }

  // As the API takes them; all empty where nothing is limited.
  get chosen() {
    const { first, last } = this.form.elements;
    if (!first || !first.value) return NONE;
    const years = [Number(first.value), Number(last.value)].sort((one, other) => one - other);
    const whole = years[0] === this.years[0] && years[1] === this.years.at(-1);
    const series = [...this.form.querySelectorAll(".filter-names input:checked")].map((box) => box.value);
    return { ...NONE, years: whole ? [] : years, series, ...this.#picked() };
  }

  get isSet() {
    return Object.values(this.chosen).some((values) => values.length > 0);
  }

  // The reports that hold; the same rule as Filters.accepts in corpus/documents.py.
  get accepted() {
    const { years, series, countries, languages, documents } = this.chosen;
    return this.documents.filter(
      (one) =>
        (!years.length || (one.year && years[0] <= one.year && one.year <= years[1])) &&
        (!series.length || series.includes(one.series)) &&
        (!countries.length || countries.some((code) => one.countries.includes(code) || one.participants.includes(code))) &&
        (!languages.length || languages.includes(one.language)) &&
        (!documents.length || documents.includes(one.slug)),
    );
  }

  // What can be chosen among these reports; a kind that all of them share is no choice.
  fill(documents) {
    this.documents = documents;
    this.years = distinct(documents.map((one) => one.year)).sort((one, other) => one - other);
    const series = distinct(documents.map((one) => one.series)).sort();
    this.form.querySelector(".filter-names").replaceChildren(...series.map(seriesBox));
    this.form.querySelector(".filter-series").hidden = series.length < 2;
    this.form.querySelector(".filter-years").hidden = this.years.length < 2;
    for (const [name, chosen] of [["first", this.years[0]], ["last", this.years.at(-1)]]) {
      const options = this.years.map((year) => element("option", { value: year, selected: year === chosen }, String(year)));
      this.form.elements[name].replaceChildren(...options);
    }
    this.#offer("countries", documents.flatMap((one) => [...one.countries, ...one.participants]), (code) => countryName(code, ENGLISH, code));
    this.#offer("languages", documents.map((one) => one.language), (code) => languageName(code, ENGLISH));
    this.#offer("documents", documents.map((one) => one.slug), (slug) => documents.find((one) => one.slug === slug).title);
    this.form.hidden = documents.length < 2;
  }

  changed() {
    this.form.querySelector("button[type=reset]").hidden = !this.isSet;
    this.dispatchEvent(new Event("change"));
  }

  #picked() {
    const kinds = ["countries", "languages", "documents"].map((kind) => [kind, this.form.elements[kind].value]);
    return Object.fromEntries(kinds.map(([kind, value]) => [kind, value ? [value] : []]));
  }

  #offer(kind, values, nameOf) {
    const select = this.form.elements[kind];
    const names = distinct(values).map((value) => [value, nameOf(value)]);
    names.sort(([, one], [, other]) => one.localeCompare(other, ENGLISH));
    const options = names.map(([value, name]) => element("option", { value }, name));
    select.replaceChildren(element("option", { value: "" }, text("shelf.any")), ...options);
    select.parentElement.hidden = names.length < 2;
  }
}

function seriesBox(name) {
  return element("label", {}, element("input", { type: "checkbox", value: name }), ` ${name}`);
}

function distinct(values) {
  return [...new Set(values.filter(Boolean))];
}
