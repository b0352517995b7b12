// Copying: a button that puts words on the clipboard and says that it did; and files that are saved from here.

import { announce } from "./announce.js";
import { text } from "./texts.js";
import { element } from "./words.js";

// `words()`: what is copied, or a promise of it; text, or {text, html} for programs that take tables and links.
export function copyButton(name, words, attributes = {}) {
  const button = element("button", { type: "button", ...attributes }, name);
  button.addEventListener("click", async () => {
    try {
      await copy(await words());
      announce(text("copying.copied"));
    } catch {
      announce(text("copying.refused"));
    }
  });
  return button;
}

export async function copy(words) {
  if (typeof words === "string") return navigator.clipboard.writeText(words);
  const kinds = { "text/plain": words.text, "text/html": words.html };
  const blobs = Object.entries(kinds).map(([kind, content]) => [kind, new Blob([content], { type: kind })]);
  return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

// `content`: text of that kind, or a file that has its own.
export function saveFile(name, kind, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: kind }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
