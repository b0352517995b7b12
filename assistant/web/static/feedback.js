// What a reader says of an answer. Nothing is sent without their consent to keep the question.

import { citationsOf } from "./answer.js";
import { Fault, fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { element, sentence } from "./words.js";

const KINDS = ["right", "wrong-page", "altered", "wrong-country", "outdated", "should-not-know"];

// `sent`: {history, filters}, the questions before it and its limits, as they were sent with it.
export function feedbackBlock(answer, sent) {
  const select = element("select", {}, ...KINDS.map((value) => element("option", { value }, text(`feedback.${value}`))));
  const consent = element("input", { type: "checkbox", required: true });
  const told = element("p", { class: "hint", role: "status" });
  const form = element(
    "form",
    {},
    element("label", {}, text("feedback.label"), " ", select),
    element("label", {}, consent, " ", text("feedback.consent")),
    element("button", { type: "submit" }, text("feedback.send")),
    told,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, answer, { ...sent, kind: select.value, consent: consent.checked }, told);
  });
  return element("details", { class: "feedback" }, element("summary", {}, text("feedback.summary")), form);
}

async function send(form, answer, said, told) {
  const button = form.querySelector("button");
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
