// What a reader says of an answer. Nothing is sent without their consent to keep the question.

import { citationsOf } from "./answer.js";
import { Fault, fetchJson } from "./stream.js";
import { element, sentence } from "./words.js";

const KINDS = [
  ["right", "It is right"],
  ["wrong-page", "The page is wrong"],
  ["altered", "The words are altered"],
  ["wrong-country", "It is about another country"],
  ["outdated", "It is outdated"],
  ["should-not-know", "It should have said that it does not know"],
];

// `history`: the turns before the question, as they were sent with it.
export function feedbackBlock(answer, history) {
  const select = element("select", {}, ...KINDS.map(([value, words]) => element("option", { value }, words)));
  const consent = element("input", { type: "checkbox", required: true });
  const told = element("p", { class: "hint", role: "status" });
  const form = element(
    "form",
    {},
    element("label", {}, "This answer: ", select),
    element("label", {}, consent, " My question, those before it and these citations may be kept to make answers better."),
    element("button", { type: "submit" }, "Send"),
    told,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, answer, history, select.value, consent.checked, told);
  });
  return element("details", { class: "feedback" }, element("summary", {}, "Say what is wrong, or right"), form);
}

async function send(form, answer, history, kind, consent, told) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const links = citationsOf(answer).map((citation) => citation.link);
    const body = JSON.stringify({ question: answer.question, history, kind, links, consent });
    await fetchJson("/api/feedback", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    told.textContent = "Kept, thank you. A person will read it.";
  } catch (error) {
    button.disabled = false;
    told.textContent = error instanceof Fault ? `${sentence(error.message)} ${sentence(error.remedy)}` : "It could not be sent. Try again.";
  }
}
