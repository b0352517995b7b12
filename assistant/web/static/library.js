// The tab "Library": what it covers, its reports in a table that can be searched, sorted and filtered, and what may be
// done with them.

import { Adding } from "./adding.js";
import { Coverage } from "./coverage.js";
import { Editing } from "./editing.js";
import { NO_FILTERS, choose, isFiltered } from "./holdings.js";
import { Removing } from "./removing.js";
import { ReportList } from "./reportlist.js";
import { fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { element, sentence } from "./words.js";

export class LibraryTab {
  constructor(place, room) {
    this.place = place;
    this.room = room;
    this.filters = { ...NO_FILTERS };
    this.holdings = null;
    this.coverage = new Coverage(place.querySelector(".coverage"), (name, value) => this.filter({ [name]: value }));
    this.list = new ReportList(place.querySelector(".listing"), (changed) => this.filter(changed), (report) => this.actions(report));
    const changed = () => this.changed();
    this.adding = new Adding(place.querySelector(".adding"), place.querySelector(".open-adding"), changed);
    this.editing = new Editing(place.querySelector(".editing"), changed);
    this.removing = new Removing(place, changed);
  }

  // Each time that the tab is opened: what stands in the library may have changed meanwhile.
  async shown() {
    await this.load();
    await this.adding.resume();
  }

  // What is searched is listed beside the conversation too.
  async changed() {
    await Promise.all([this.load(), this.room.shelf.fill()]);
  }

  async load() {
    const fault = this.place.querySelector(".library-fault");
    try {
      this.holdings = await fetchJson("/api/holdings");
      fault.hidden = true;
      this.show();
    } catch (error) {
      fault.textContent = `${sentence(error.message)} ${sentence(error.remedy || text("library.again"))}`;
      fault.hidden = false;
    }
    this.place.querySelector(".waiting").hidden = true;
  }

  filter(changed) {
    this.filters = { ...this.filters, ...changed };
    this.show();
  }

  show() {
    const { documents, countries } = this.holdings;
    const empty = !documents.length;
    this.place.querySelector(".empty-library").hidden = !empty;
    this.place.querySelector(".library-body").hidden = empty;
    if (empty && !this.holdings.removed.length) this.adding.open(true);
    this.removing.show(this.holdings.removed);
    this.place.querySelector(".library-sum").textContent = empty ? "" : summary(documents);
    this.coverage.show(documents, countries, this.filters);
    this.list.show(documents, countries, this.filters, choose(documents, this.filters), isFiltered(this.filters));
  }

  actions(report) {
    const edit = element("button", { type: "button", class: "edit-report-button", "data-slug": report.slug, "aria-label": text("library.edit_of", report) }, text("library.edit"));
    const remove = element("button", { type: "button", "aria-label": text("library.remove_of", report) }, text("library.remove"));
    edit.addEventListener("click", () => this.editing.open(report, this.holdings.countries, edit));
    remove.addEventListener("click", () => this.removing.remove(report, remove));
    return [edit, remove];
  }
}

function summary(documents) {
  const years = documents.map((report) => report.year).filter(Boolean);
  const pages = documents.reduce((sum, report) => sum + report.pages, 0);
  const span = years.length ? `${Math.min(...years)}–${Math.max(...years)}` : null;
  const languages = new Set(documents.map((report) => report.language)).size;
  return [counted("reports", documents.length), span, counted("pages", pages), counted("languages", languages)]
    .filter(Boolean)
    .join(" · ");
}

function counted(things, number) {
  const words = number === 1 ? `library.one_${things.slice(0, -1)}` : `library.many_${things}`;
  return text(words, { count: number.toLocaleString("en-GB") });
}
