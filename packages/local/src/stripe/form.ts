/** What a form holds: text, or more of the same. Lists are forms whose names are 0, 1, 2 and so on. */
export interface Form {
  readonly [name: string]: string | Form;
}

interface Draft {
  [name: string]: string | Draft;
}

/**
 * Reads a form as Stripe writes it: `metadata[a]=1`, `expand[]=x`, `items[0][price]=y`.
 *
 * Source: Stripe's API, "Request bodies"; application/x-www-form-urlencoded.
 */
export function readForm(text: string): Form {
  const form: Draft = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) put(form, stepsOf(name), value);
  return form;
}

function stepsOf(name: string): readonly string[] {
  const [head = "", ...rest] = name.split("[");
  return [head, ...rest.map((step) => step.replace(/\]$/, ""))];
}

function put(form: Draft, [step = "", ...rest]: readonly string[], value: string): void {
  const name = step === "" ? String(Object.keys(form).length) : step;
  if (rest.length === 0) {
    form[name] = value;
    return;
  }
  const known = form[name];
  const inner: Draft = typeof known === "object" ? known : Object.create(null);
  form[name] = inner;
  put(inner, rest, value);
}

/** A field that is text. */
export function textOf(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A field that holds more fields, or nothing. */
export function formOf(form: Form, name: string): Form {
  const value = form[name];
  return typeof value === "object" ? value : {};
}

/** The texts of a list or a map of texts. */
export function textsOf(form: Form, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(formOf(form, name));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
