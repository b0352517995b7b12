// The tab "Evaluation": what the runs measured, drawn as dots with their intervals, with every number as text beside.

import { figureRow, figureTable } from "./figures.js";
import { fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { count, element, sentence, withCommands } from "./words.js";

const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
const MAIN = ["fact_recall", "all_facts", "right_document", "right_page", "quote_exactness", "citation_precision", "citation_recall", "answered_of_answerable", "declined_of_unanswerable", "declined_of_harmful", "helped"];
const HEADLINES = ["all_facts", "declined_of_unanswerable", "declined_of_harmful", "helped", "quote_exactness"];
const SET_ASIDE = "test";

export class EvaluationTab {
  constructor(place) {
    this.place = place;
    this.select = place.querySelector("select");
    this.measure = "fact_recall";
    this.select.addEventListener("change", () => this.open(this.select.value));
  }

  // Each time that the tab is opened; `rest` may name a run.
  async shown(rest) {
    const fault = this.place.querySelector(".evaluation-fault");
    try {
      this.runs = (await fetchJson("/api/evaluations")).runs;
      fault.hidden = true;
      this.list(rest);
    } catch (error) {
      this.tell(fault, error);
    }
    this.place.querySelector(".waiting").hidden = true;
  }

  list(rest) {
    const empty = !this.runs.length;
    this.place.querySelector(".no-runs").hidden = !empty;
    this.place.querySelector(".no-runs-words").replaceChildren(...withCommands(text("evaluation.how")));
    this.place.querySelector(".run").hidden = empty;
    if (empty) return;
    this.select.replaceChildren(...this.runs.map((run) => element("option", { value: run.run }, runName(run))));
    const known = (name) => this.runs.some((run) => run.run === name);
    const first = this.runs.find((run) => run.measures) || this.runs[0];
    this.select.value = known(rest) ? rest : known(this.name) ? this.name : first.run;
    return this.open(this.select.value);
  }

  async open(name) {
    this.name = name;
    const run = this.runs.find((one) => one.run === name);
    const link = this.place.querySelector(".run-report");
    link.hidden = !run.report;
    link.href = `/evaluation/${encodeURIComponent(name)}/report`;
    const [about, fault, figures] = [".run-about", ".run-fault", ".run-figures"].map((one) => this.place.querySelector(one));
    fault.hidden = true;
    try {
      const summary = await fetchJson(`/api/evaluations/${encodeURIComponent(name)}`);
      if (this.name !== name) return;
      about.textContent = text("evaluation.about", { cases: count(summary.cases, "question", "questions"), system: summary.system, commit: summary.commit ? summary.commit.slice(0, 8) : text("evaluation.unknown") });
      figures.replaceChildren(...this.sections(summary));
    } catch (error) {
      about.textContent = "";
      figures.replaceChildren(...(this.runs.some((one) => one.measures) ? [this.history()] : []));
      this.tell(fault, error);
    }
  }

  sections(summary) {
    const all = Object.keys(summary.measures);
    const main = MAIN.filter((name) => name in summary.measures);
    const others = all.filter((name) => !main.includes(name) && summary.measures[name].low >= 0 && summary.measures[name].high <= 1);
    const rows = (names, measured) => names.map((name) => figureRow(measureName(name), measured[name], text(`evaluation.what_${name}`)));
    return [
      section("main", figureTable(text("evaluation.measure"), rows(main, summary.measures))),
      others.length ? element("details", { class: "more-figures" }, element("summary", {}, text("evaluation.others")), figureTable(text("evaluation.measure"), rows(others, summary.measures))) : null,
      section("by_type", element("p", { class: "hint" }, text("evaluation.few")), figureTable(text("evaluation.type"), headlines(summary.by_type))),
      Object.keys(summary.by_part).length > 1 ? section("by_part", partTable(main, summary.by_part)) : null,
      this.history(),
      this.misses(summary.missed),
    ].filter(Boolean);
  }

  // One measure over all runs that have it, the oldest first.
  history() {
    const having = this.runs.filter((run) => run.measures).reverse();
    const names = MAIN.filter((name) => having.some((run) => name in run.measures));
    if (!names.includes(this.measure)) this.measure = names[0];
    const select = element("select", {}, ...names.map((name) => element("option", { value: name, selected: name === this.measure }, measureName(name))));
    const place = element("div");
    const show = () => {
      const rows = having.filter((run) => run.measures[this.measure]).map((run) => figureRow(runName(run), run.measures[this.measure], null, run.run === this.name));
      place.replaceChildren(figureTable(text("evaluation.run"), rows));
    };
    select.addEventListener("change", () => {
      this.measure = select.value;
      show();
    });
    show();
    return section("history", element("p", { class: "hint" }, text("evaluation.same_questions")), element("label", { class: "tool" }, text("evaluation.measure"), " ", select), place);
  }

  misses(missed) {
    const shown = missed.filter((miss) => miss.part !== SET_ASIDE);
    const aside = missed.length - shown.length;
    const lines = shown.map((miss) => {
      const said = miss.said ? [element("h3", {}, text("evaluation.said")), element("p", { class: "miss-said", lang: miss.language, dir: "auto" }, miss.said)] : [element("p", {}, text("evaluation.not_answered"))];
      const about = [text(`evaluation.expect_${miss.expect}`), plain(miss.type), miss.id].join(" · ");
      return element("li", {}, element("details", {}, element("summary", { lang: miss.language, dir: "auto" }, miss.question), element("p", { class: "hint" }, about), ...said));
    });
    const hint = aside ? element("p", { class: "hint" }, text("evaluation.set_aside", { count: aside })) : null;
    return section("missed", hint, lines.length ? element("ul", { class: "misses" }, ...lines) : element("p", {}, text("evaluation.no_misses")));
  }

  tell(place, error) {
    place.replaceChildren(...withCommands(`${sentence(error.message)} ${sentence(error.remedy || text("library.again"))}`));
    place.hidden = false;
  }
}

function section(name, ...children) {
  return element("section", { "aria-labelledby": `evaluation-${name}` }, element("h2", { id: `evaluation-${name}` }, text(`evaluation.${name}`)), ...children);
}

function runName(run) {
  return run.date ? `${MOMENT.format(new Date(run.date))}, ${count(run.cases, "question", "questions")}` : text("evaluation.unwritten", { run: run.run });
}

function measureName(name) {
  const known = text(`evaluation.measure_${name}`);
  return known.startsWith("evaluation.") ? plain(name) : known;
}

function plain(name) {
  return name.replace(/[_-]/g, " ");
}

// Of each kind of question, the measure that says most about it.
function headlines(groups) {
  return Object.entries(groups)
    .map(([type, measured]) => [type, HEADLINES.find((name) => name in measured), measured])
    .filter(([, name]) => name)
    .map(([type, name, measured]) => figureRow(plain(type), measured[name], measureName(name)));
}

function partTable(names, parts) {
  const head = element("tr", {}, element("th", { scope: "col" }, text("evaluation.measure")), ...Object.keys(parts).map((part) => element("th", { scope: "col" }, partName(part))));
  const rows = names.map((name) => {
    const cells = Object.values(parts).map((measured) => element("td", {}, measured[name] ? `${measured[name].value.toFixed(3)} (${measured[name].n})` : "–"));
    return element("tr", {}, element("th", { scope: "row" }, measureName(name)), ...cells);
  });
  return element("table", { class: "part-figures" }, element("thead", {}, head), element("tbody", {}, ...rows));
}

function partName(part) {
  const known = text(`evaluation.part_${part}`);
  return known.startsWith("evaluation.") ? part : known;
}
