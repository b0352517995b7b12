// How the page speaks of reports, pages and citations. Whatever comes from outside becomes a text node, never markup.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function seriesLine(document) {
  const series = [document.series, document.number && `#${document.number}`].filter(Boolean).join(" ");
  return [series, document.year].filter(Boolean).join(" - ");
}

export function sourceLine(citation) {
  const name = citation.document.series ? seriesLine(citation.document) : citation.document.title;
  return `${name}, ${namePages(citation.parts)}`;
}

// The same line as it is shown: a number stays on the line of the word before it.
export function bound(line) {
  return line.replace(/((?:^|[\s(])(?:pp?\.|(?:PDF )?pages?)|\d|#) (?=[\w%])/gi, "$1\u00a0");
}

export function pageLine(part) {
  return namePages([part], "page");
}

// Such as "p. 12 (PDF page 14)"; the same rule as name_pages in assistant/lookup.py.
function namePages(parts, one = "p.", many = "pp.") {
  const numbers = parts.map((part) => String(part.page));
  const labels = parts.map((part) => part.page_label);
  const counted = span("PDF page", "PDF pages", numbers);
  if (!labels.every(Boolean)) return counted;
  const printed = span(one, many, labels);
  return labels.every((label, at) => label === numbers[at]) ? printed : `${printed} (${counted})`;
}

function span(one, many, numbers) {
  return numbers.length === 1 ? `${one} ${numbers[0]}` : `${many} ${numbers[0]} to ${numbers.at(-1)}`;
}

export function wholeQuote(citation) {
  return citation.parts.map((part) => part.quote).join(" ");
}

export function count(number, one, many) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

export function sentence(text) {
  const trimmed = text.trim();
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

// Commands stand between backticks in our messages.
export function withCommands(text) {
  return text.split("`").map((piece, at) => (at % 2 ? element("code", {}, piece) : piece));
}

// Offsets are counted in code points; a JavaScript string counts in UTF-16 units.
export function cut(text, start, end) {
  return Array.from(text).slice(start, end).join("");
}

// Where it is told what a report is and how it was read; with a page, its picture beside what was read of it.
export function reportAddress(report, page) {
  const address = `/documents/${encodeURIComponent(report.slug)}/report`;
  return page ? `${address}/${page}` : address;
}

// A page's text as paragraphs, with the words from start to end marked.
export function markedParagraphs(text, start, end, language) {
  const paragraphs = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const points = Array.from(line);
    const left = Math.min(Math.max(start - offset, 0), points.length);
    const right = Math.min(Math.max(end - offset, 0), points.length);
    if (points.length) {
      const marked = right > left ? element("mark", { lang: language }, points.slice(left, right).join("")) : "";
      const paragraph = element("p", {}, points.slice(0, left).join(""), marked, points.slice(Math.max(left, right)).join(""));
      paragraphs.push(paragraph);
    }
    offset += points.length + 1;
  }
  return paragraphs;
}
