// A button that puts words on the clipboard and says that it did.

import { announce } from "./announce.js";
import { text } from "./texts.js";
import { element } from "./words.js";

const TOLD = 2000; // milliseconds

// `name` and `copied`: what the button is called and what is said when it has copied, by their names in texts.toml.
// `words()`: what is copied, or a promise of it; text, or {text, html} for programs that take tables.
export function copyButton(name, copied, words) {
  const button = element("button", { type: "button", class: "copy" }, text(name));
  button.addEventListener("click", async () => {
    try {
      await copy(await words());
      announce(text(copied));
      button.textContent = text("basket.copied");
      setTimeout(() => (button.textContent = text(name)), TOLD);
    } catch {
      announce(text("basket.not-copied"));
    }
  });
  return button;
}

function copy(words) {
  if (typeof words === "string") return navigator.clipboard.writeText(words);
  const kinds = { "text/plain": words.text, "text/html": words.html };
  const blobs = Object.entries(kinds).map(([kind, content]) => [kind, new Blob([content], { type: kind })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}
