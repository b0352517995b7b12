// What the page says beside an answer, in the language of its question. The table is words.toml's, handed over whole.

const ENGLISH = "en";
const table = await load();

async function load() {
  try {
    return await (await fetch("/room/labels.json")).json();
  } catch {
    return {};
  }
}

// The words of that name, in English where the language has none; `values` fill what stands in braces.
export function label(name, language, values = {}) {
  const known = table[name] || {};
  const words = known[language] || known[ENGLISH] || name;
  return words.replace(/\{(\w+)\}/g, (brace, key) => (key in values ? String(values[key]) : brace));
}

// What a country, given by its two letters, is called in a language; `name` where the browser does not know.
export function countryName(code, language, name) {
  try {
    return language === ENGLISH ? name : new Intl.DisplayNames([language], { type: "region" }).of(code) || name;
  } catch {
    return name;
  }
}

// What a language, given by its two letters, is called in another one.
export function languageName(code, language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) || code;
  } catch {
    return code;
  }
}
