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

export function pageLine(part) {
  return part.page_label === null ? `PDF page ${part.page}` : `page ${part.page_label} (PDF page ${part.page})`;
}

export function sourceLine(citation) {
  const first = citation.parts[0];
  const pages = [...new Set([first, citation.parts.at(-1)].map((part) => part.page_label || String(part.page)))];
  const kind = (first.page_label ? "" : "PDF ") + (citation.parts.length > 1 ? "pp." : "p.");
  const name = citation.document.series ? seriesLine(citation.document) : citation.document.title;
  return `${name}, ${kind} ${pages.join(" to ")}`;
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

// A page's text as paragraphs, with the words from start to end marked.
export function markedParagraphs(text, start, end) {
  const paragraphs = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const points = Array.from(line);
    const left = Math.min(Math.max(start - offset, 0), points.length);
    const right = Math.min(Math.max(end - offset, 0), points.length);
    if (points.length) {
      const marked = right > left ? element("mark", {}, points.slice(left, right).join("")) : "";
      const paragraph = element("p", {}, points.slice(0, left).join(""), marked, points.slice(Math.max(left, right)).join(""));
      paragraphs.push(paragraph);
    }
    offset += points.length + 1;
  }
  return paragraphs;
}
