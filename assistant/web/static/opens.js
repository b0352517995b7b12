// The button that opens a citation's page in the source, and the one that keeps a file which the server writes.

import { announce } from "./announce.js";
import { Fault, fetchFile } from "./stream.js";
import { text } from "./texts.js";
import { element, sentence, sourceLine } from "./words.js";

// `open(number, button)` opens the citation of that number; `words` stand on the button.
export function openButton(citation, open, words = text("find.open")) {
  const said = text("find.open-place", { place: sourceLine(citation) });
  const button = element("button", { type: "button", class: "opens", "aria-label": words === said ? null : said }, words);
  button.addEventListener("click", () => open(citation.number, button));
  return button;
}

// `send()` gives the address and the options of the request; `tell(fault)` shows what hinders, or takes that away.
export function fileButton(words, name, send, tell) {
  const button = element("button", { type: "button", class: "keeps" }, words);
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    tell("");
    try {
      saveFile(await fetchFile(...send()), name());
      announce(text("find.kept", { name: name() }));
    } catch (error) {
      tell(error instanceof Fault ? `${sentence(error.message)} ${sentence(error.remedy)}` : text("find.not-saved"));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return button;
}

export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = element("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
