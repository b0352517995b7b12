// What a reader says of an answer. Nothing is sent without their consent to keep the question.

import { citationsOf } from "./answer.js";
import { Fault, fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { element, sentence } from "./words.js";

const KINDS = ["right", "wrong-page", "altered", "wrong-country", "outdated", "should-not-know"];

// `sent`: {history, filters}, the questions before it and its limits, as they were sent with it.
export function feedbackBlock(answer, sent) {
  const consent = element("input", { type: "checkbox", required: true });
  const told = element("p", { class: "hint", role: "status" });
  const button = element("button", { type: "submit" }, text("feedback.send"));
  const rest = element("div", { class: "feedback-rest", hidden: true }, element("label", {}, consent, " ", text("feedback.consent")), button);
  const kinds = element("fieldset", {}, element("legend", {}, text("feedback.label")), ...KINDS.map(kindChoice));
  const form = element("form", { class: "feedback" }, kinds, rest, told);
  kinds.addEventListener("change", () => (rest.hidden = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(button, answer, { ...sent, kind: form.elements.kind.value, consent: consent.checked }, told);
  });
  return form;
}

function kindChoice(value) {
  const choice = element("input", { type: "radio", name: "kind", value, required: true });
  return element("label", { class: "feedback-kind" }, choice, " ", text(`feedback.${value}`));
}

async function send(button, answer, said, told) {
  button.disabled = true;
  try {
    const links = citationsOf(answer).map((citation) => citation.link);
    const body = JSON.stringify({ question: answer.question, links, ...said });
    await fetchJson("/api/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    told.textContent = text("feedback.kept");
  } catch (error) {
    button.disabled = false;
    told.textContent = error instanceof Fault ? `${sentence(error.message)} ${sentence(error.remedy)}` : text("feedback.unsent");
  }
}
