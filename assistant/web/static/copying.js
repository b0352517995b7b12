// Copying: a button that puts words on the clipboard and says that it did.

import { text } from "./texts.js";
import { element } from "./words.js";

const TOLD_FOR = 2500; // milliseconds

// `words()`: what is copied, or a promise of it; text, or {text, html} for programs that take tables and links.
export function copyButton(name, words, attributes = {}) {
  const said = element("span", { role: "status" });
  const button = element("button", { type: "button", ...attributes }, name);
  button.addEventListener("click", async () => {
    try {
      await copy(await words());
      tell(said, text("copying.copied"));
    } catch {
      tell(said, text("copying.refused"));
    }
  });
  said.className = "copied";
  return element("span", { class: "copying" }, button, said);
}

export async function copy(words) {
  if (typeof words === "string") return navigator.clipboard.writeText(words);
  const kinds = { "text/plain": words.text, "text/html": words.html };
  const blobs = Object.entries(kinds).map(([kind, content]) => [kind, new Blob([content], { type: kind })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

function tell(place, words) {
  place.textContent = words;
  setTimeout(() => place.textContent === words && (place.textContent = ""), TOLD_FOR);
}
