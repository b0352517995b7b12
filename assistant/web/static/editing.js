// Correcting what is said of a report: a dialog with its description, each field with where it is from.

import { failure } from "./adding.js";
import { nameOf } from "./holdings.js";
import { fetchJson } from "./stream.js";
import { PATIENCE, order } from "./shelving.js";
import { text } from "./texts.js";
import { element, withCommands } from "./words.js";

const FIELDS = ["title", "series", "number", "year", "publisher", "countries", "participants", "language", "reference_period", "url", "licence"];
const LISTS = ["countries", "participants"];
const HINTED = ["countries", "participants", "language", "reference_period", "url"];

export class Editing {
  // `changed()`: a description is another one now.
  constructor(dialog, changed) {
    this.dialog = dialog;
    this.changed = changed;
    this.form = dialog.querySelector("form");
    this.fields = dialog.querySelector(".edit-fields");
    this.save = dialog.querySelector(".edit-save");
    dialog.querySelector(".edit-leave").addEventListener("click", () => dialog.close());
    dialog.addEventListener("cancel", (event) => {
      if (this.save.disabled) event.preventDefault();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  async open(report, countries, opener) {
    this.report = report;
    this.opener = opener;
    this.fail(null);
    this.before = Object.fromEntries(FIELDS.map((field) => [field, written(field, report[field], countries)]));
    this.dialog.querySelector(".edit-report").textContent = report.title;
    this.dialog.querySelector(".edit-report").lang = report.language;
    this.show({});
    this.dialog.showModal();
    this.dialog.addEventListener("close", () => this.back(), { once: true });
    try {
      const { sources } = await fetchJson(`/api/documents/${encodeURIComponent(report.slug)}`);
      for (const [field, origin] of Object.entries(sources)) this.tellOrigin(field, origin);
    } catch (error) {
      this.fail(error);
    }
  }

  show() {
    this.fields.replaceChildren(
      ...FIELDS.map((field) => {
        const hint = element("span", { class: "field-hint", id: `hint-${field}` }, HINTED.includes(field) ? text(`library.hint_${field}`) : "");
        const origin = element("span", { class: "field-origin", id: `origin-${field}` });
        const input = element("input", {
          name: field,
          value: this.before[field],
          autocomplete: "off",
          "aria-describedby": `hint-${field} origin-${field}`,
          inputmode: field === "year" ? "numeric" : null,
          required: ["title", "language"].includes(field),
          dir: "auto",
        });
        return element("div", { class: `field field-${field}` }, element("label", {}, text(`library.field_${field}`), input), hint, origin);
      }),
    );
  }

  tellOrigin(field, origin) {
    const place = this.fields.querySelector(`#origin-${field}`);
    if (place) place.textContent = text("library.from", { origin });
  }

  // Back to the button that it was opened by; the table may have been made anew meanwhile.
  back() {
    const again = [...document.querySelectorAll("#room .edit-report-button")].find((button) => button.dataset.slug === this.report.slug);
    (this.opener.isConnected ? this.opener : again)?.focus();
  }

  async send() {
    const form = {};
    for (const field of FIELDS) {
      const value = this.form.elements[field].value.trim();
      if (value !== this.before[field].trim()) form[field] = read(field, value);
    }
    if (!Object.keys(form).length) return this.dialog.close();
    if ("year" in form && Number.isNaN(form.year)) return this.fail({ message: text("library.no_year"), remedy: "" });
    this.fail(null);
    this.atWork(true);
    try {
      await order(`reports/${encodeURIComponent(this.report.slug)}/edit`, form, PATIENCE);
      await this.changed();
      this.atWork(false);
      this.dialog.close();
    } catch (error) {
      this.atWork(false);
      this.fail(error);
      this.save.focus();
    }
  }

  atWork(on) {
    this.save.disabled = on;
    this.save.textContent = text(on ? "library.saving" : "library.save");
    this.dialog.querySelector(".edit-leave").disabled = on;
  }

  fail(error) {
    const place = this.dialog.querySelector(".edit-fault");
    place.replaceChildren(...(error ? withCommands(failure(error)) : []));
    place.hidden = !error;
  }
}

function written(field, value, countries) {
  if (LISTS.includes(field)) return value.map((code) => countries[code] || code).join(", ");
  if (field === "language") return nameOf("language", value);
  return value === null ? "" : String(value);
}

function read(field, value) {
  if (LISTS.includes(field)) return value.split(/[,;]/).map((name) => name.trim()).filter(Boolean);
  if (!value) return null;
  return field === "year" ? Number(value) : value;
}
