// The draft that is to be checked: a file that was chosen or dropped, or else the text in the box.

import { announce } from "./announce.js";
import { text } from "./texts.js";

const KINDS = /\.(txt|md|docx)$/i;
const LARGEST = 5_000_000; // bytes that the server takes
const PASTED = "draft.txt";

export class ChosenDraft {
  constructor(place) {
    this.place = place;
    this.file = null;
    this.input = place.querySelector("input[type=file]");
    this.box = place.querySelector("textarea");
    this.fault = place.querySelector(".box-fault");
    this.out = place.querySelector(".leave-out");
    this.typed = place.querySelector(".typed");
    this.input.addEventListener("change", () => this.input.files[0] && this.choose(this.input.files[0]));
    this.box.addEventListener("input", () => this.say(""));
    this.out.addEventListener("click", () => this.leaveOut());
    for (const name of ["dragenter", "dragover"]) place.addEventListener(name, (event) => this.onDrag(event, true));
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, (event) => this.onDrag(event, false));
    place.addEventListener("drop", (event) => this.onDrop(event));
    this.input.disabled = this.box.disabled = false;
    if (this.input.files[0]) this.choose(this.input.files[0]); // as a browser may have it again after a reload
  }

  // What is to be checked now; null, with a word on why, where there is nothing.
  take() {
    const words = this.box.value;
    if (this.file) return this.file;
    if (!words.trim()) {
      this.say(text("check.empty"));
      this.box.focus();
      return null;
    }
    return new File([words], PASTED, { type: "text/plain" });
  }

  empty() {
    this.box.value = "";
    this.leaveOut();
    this.say("");
  }

  choose(file) {
    const hindrance = hindranceOf(file);
    this.say(hindrance);
    if (hindrance) this.input.value = "";
    this.setFile(hindrance ? null : file);
  }

  leaveOut() {
    this.setFile(null);
    this.input.value = "";
    this.input.focus();
  }

  setFile(file) {
    this.file = file;
    this.out.hidden = !file;
    this.typed.hidden = Boolean(file);
    if (file) announce(text("check.chosen", { name: file.name }));
  }

  say(hindrance) {
    this.fault.textContent = hindrance;
    this.fault.hidden = !hindrance;
  }

  onDrag(event, over) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.place.classList.toggle("over", over);
  }

  onDrop(event) {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    this.input.files = event.dataTransfer.files; // so that its name stands there
    this.choose(file);
  }
}

function hindranceOf({ name, size }) {
  if (!KINDS.test(name)) return text("check.wrong-kind", { name });
  if (size > LARGEST) return text("check.too-large", { name, most: LARGEST / 1_000_000 });
  return size ? "" : text("check.empty-file", { name });
}
