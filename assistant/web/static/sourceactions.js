// What can be done with a citation: copy its words, its reference in every style, its permanent link; open it elsewhere.

import { basketButton } from "./basketbutton.js";
import { copyButton } from "./copying.js";
import { read, write } from "./memory.js";
import { fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { element, reportAddress, sentence, wholeQuote } from "./words.js";

const STYLES = ["footnote", "chicago", "apa", "bibtex", "ris", "csl"];
const STYLE = "reference-style";
const BESIDE = { target: "_blank", rel: "noopener noreferrer" };

function permanentAddress(citation) {
  return `${location.origin}/c/${citation.link}`;
}

export function showActions(place, citation) {
  place.replaceChildren(
    copyButton("source.copy_quote", "source.quote_copied", () => wholeQuote(citation)),
    basketButton(citation),
    copyButton("source.copy_link", "source.link_copied", () => permanentAddress(citation)),
    element("a", { href: `/c/${citation.link}`, ...BESIDE }, text("source.permanent")),
  );
}

// References, which are asked for when their place is opened, and where else the report is. It stays open from one
// citation to the next.
export function showMore(place, citation) {
  const { document: report, parts } = citation;
  const links = [
    [reportAddress(report, parts[0].page), "source.beside"],
    [reportAddress(report), "source.about"],
    [/^https?:/.test(report.url || "") ? report.url : null, "source.original"],
  ];
  const lines = links.filter(([address]) => address).map(([href, name]) => element("li", {}, element("a", { href, ...BESIDE }, text(name))));
  place.querySelector(".source-links").replaceChildren(...lines);
  place.querySelector(".reference-styles").replaceChildren();
  let asked = false;
  place.ontoggle = () => {
    if (place.open && !asked) showReferences(place.querySelector(".reference-styles"), citation);
    asked = asked || place.open;
  };
  place.ontoggle();
}

async function showReferences(place, citation) {
  place.dataset.link = citation.link;
  let blocks;
  try {
    const { references } = await fetchJson(`/api/citations/${citation.link}`);
    const whole = (words) => words.replaceAll(citation.link, permanentAddress(citation));
    blocks = referenceBlocks(Object.fromEntries(Object.entries(references).map(([style, words]) => [style, whole(words)])));
  } catch (error) {
    blocks = [element("p", { class: "fault" }, `${sentence(error.message)} ${sentence(error.remedy || text("source.again"))}`)];
  }
  if (place.dataset.link === citation.link) place.replaceChildren(...blocks);
}

function referenceBlocks(references) {
  const known = STYLES.filter((style) => style in references);
  const chosen = known.includes(read(STYLE)) ? read(STYLE) : known[0];
  const select = element("select", { "aria-label": text("source.style") });
  select.append(...known.map((style) => element("option", { value: style, selected: style === chosen }, text(`source.style_${style}`))));
  const words = element("pre", { tabindex: "0", dir: "auto", "aria-label": text("source.reference") }, references[chosen]);
  select.addEventListener("change", () => {
    write(STYLE, select.value);
    words.textContent = references[select.value];
  });
  const line = element("div", { class: "reference-line" }, select, copyButton("source.copy_reference", "source.reference_copied", () => references[select.value]));
  return [line, words];
}
