import type { Issue } from "./invalid-request.ts";

const refused = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Finds what no JSON value of ours may hold: names that reach an object's prototype, and text with half a surrogate pair,
 * which has no UTF-8. Visits without recursion.
 */
export function strangeContent(root: unknown): Issue | undefined {
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value: root, path: "" }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value === "string" && !value.isWellFormed())
      return { path, message: "Text with half a surrogate pair." };
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const inside = path === "" ? key : `${path}.${key}`;
      if (refused.has(key)) return { path: inside, message: "A field may not have this name." };
      if (!key.isWellFormed()) return { path, message: "A field's name has half a surrogate pair." };
      waiting.push({ value: inner, path: inside });
    }
  }
  return undefined;
}
