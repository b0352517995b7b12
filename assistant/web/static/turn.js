// One question and its answer, which grows where it stands. Nodes that are right already are left alone, so that the
// focus stays where it is and a screen reader hears only what is new.

import { citationsOf, showAnswer } from "./answer.js";
import { answerTools } from "./answertools.js";
import { feedbackBlock } from "./feedback.js";
import { Fault } from "./stream.js";
import { text } from "./texts.js";
import { element, sentence, withCommands } from "./words.js";

export class Turn {
  // `asked`: {text, at, ignore, filters, reports, answer}. `acts`: what the turn asks its conversation for: `open(citations, number,
  // button)` a source, `without(turn, filters)` to be asked again without these, `again(turn)`.
  constructor(asked, shelf, acts) {
    this.asked = asked;
    this.shelf = shelf;
    this.acts = acts;
    this.question = element("h2", { class: "question", dir: "auto", tabindex: "-1" }, asked.text);
    this.body = element("div", { class: "answer" });
    this.waiting = element("p", { class: "waiting", hidden: true });
    this.place = element("article", { class: "turn" }, this.question, this.body, this.waiting);
    if (asked.answer) this.showKept();
  }

  // An answer that is kept may be of another form than today's; then it is asked for again by the reader.
  showKept() {
    try {
      this.show(this.asked.answer, true, []);
    } catch (error) {
      console.error(error);
      this.body.replaceChildren();
      this.asked.answer = null;
    }
  }

  // `history`: the questions before, as they were sent with it.
  show(answer, complete, history) {
    this.asked.reports ||= this.shelf.size; // as many as there were when it was asked
    showAnswer(this.body, answer, complete, this.shelf, {
      reports: this.asked.reports,
      open: (number, button) => this.acts.open(citationsOf(answer), number, button),
      without: (filters) => this.acts.without(this, filters),
    });
    if (!complete) return;
    this.asked.answer = answer;
    this.place.append(...[answerTools(answer), feedbackBlock(answer, { history, filters: this.asked.filters })].filter(Boolean));
  }

  // Takes away what stands below an answer, before it is asked for again.
  clear() {
    this.asked.answer = this.asked.reports = null;
    for (const one of this.place.querySelectorAll(".feedback, .tools, .fault")) one.remove();
  }

  say(words) {
    if (this.waiting.textContent !== words) this.waiting.textContent = words;
    this.waiting.hidden = !words;
  }

  // What stood there of the answer stays.
  showFault(error) {
    this.say("");
    const known = error instanceof Fault;
    if (!known) console.error(error);
    const { message, remedy } = known ? error : { message: text("ask.stumbled"), remedy: text("ask.stumbled_remedy") };
    this.offerAgain(element("p", {}, sentence(message)), element("p", {}, ...withCommands(sentence(remedy))));
  }

  offerAgain(...lines) {
    const again = element("button", { type: "button" }, text("ask.again"));
    again.addEventListener("click", () => this.acts.again(this));
    this.body.append(element("div", { class: "fault" }, ...lines, again));
  }
}
