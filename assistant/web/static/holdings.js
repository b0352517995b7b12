// The reports that fit what was searched for and chosen, and what they can be told apart by.

import { languageName } from "./labels.js";

export const NO_FILTERS = { words: "", series: "", year: "", country: "", language: "" };

// What a report can be chosen by: the values that it has of each, as they are compared.
const VALUES = {
  series: (report) => [report.series || ""],
  year: (report) => [report.year ? String(report.year) : ""],
  country: (report) => [...new Set([...report.countries, ...report.participants])],
  language: (report) => [report.language],
};
export const FACETS = Object.keys(VALUES);

export function isFiltered(filters) {
  return Object.values(filters).some(Boolean);
}

export function choose(reports, filters) {
  const wanted = folded(filters.words).split(/\s+/).filter(Boolean);
  return reports.filter(
    (report) =>
      FACETS.every((name) => !filters[name] || VALUES[name](report).includes(filters[name])) &&
      wanted.every((word) => folded(wordsOf(report)).includes(word)),
  );
}

// [value, how many reports have it]: years in their order, everything else with the most first. What is not said is
// counted nowhere.
export function count(reports, facet) {
  const counts = new Map();
  for (const report of reports) {
    for (const value of VALUES[facet](report)) if (value) counts.set(value, (counts.get(value) || 0) + 1);
  }
  const order = facet === "year" ? byName : (one, other) => other[1] - one[1] || byName(one, other);
  return [...counts].sort(order);
}

export function nameOf(facet, value, countries) {
  if (facet === "country") return countries[value] || value;
  return facet === "language" ? languageName(value, "en") : value;
}

function byName([one], [other]) {
  return one.localeCompare(other, "en", { numeric: true });
}

function wordsOf(report) {
  return [report.title, report.series, report.number && `#${report.number}`, report.year, report.publisher, report.slug]
    .filter(Boolean)
    .join(" ");
}

// Without case and accents, so that "resume" finds "Résumé".
function folded(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
