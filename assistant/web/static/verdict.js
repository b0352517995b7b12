// A verdict: a sign, its name, never a colour alone.

import { text } from "./texts.js";
import { element, sentence, withCommands } from "./words.js";

const SIGNS = { verbatim: "✓", altered: "≠", "not-found": "✕" };
const OTHER = "!";

// `words`: what the verdict is called beside its sign.
export function verdictMark(verdict, words) {
  const name = verdict.replace(" ", "-");
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[name] || OTHER);
  return element("span", { class: "outcome", "data-verdict": name }, sign, " ", element("strong", {}, words));
}

// What hinders, what to do, and a button that tries again.
export function faultBlock(fault, tryAgain) {
  const button = element("button", { type: "button" }, text("find.again"));
  button.addEventListener("click", tryAgain);
  const lines = [fault.message, fault.remedy].filter(Boolean).map((line) => element("p", {}, ...withCommands(sentence(line))));
  return element("div", { class: "fault", role: "alert" }, ...lines, button);
}
