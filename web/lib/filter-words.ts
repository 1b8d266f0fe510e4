import type { FilterCondition, FilterValue, MeterFilter } from "@farthing/sdk";

const signs = [
  ["eq", "="],
  ["gt", ">"],
  ["gte", "≥"],
  ["lt", "<"],
  ["lte", "≤"],
] as const;

/** A meter's filter as people write conditions: `model = lite and tokens > 10`. */
export function filterWords(filter: MeterFilter): string {
  const parts = Object.entries(filter).flatMap(([key, part]) => partWords(key, part));
  return parts.join(" and ");
}

function partWords(key: string, part: MeterFilter[string]): readonly string[] {
  if (typeof part !== "object") return [`${key} = ${part}`];
  if (Array.isArray(part)) {
    const words = part.map((one: MeterFilter) => (part.length > 1 ? `(${filterWords(one)})` : filterWords(one)));
    return [words.join(key === "or" ? " or " : " and ")];
  }
  return key === "not" ? [`not (${filterWords(part as MeterFilter)})`] : conditionWords(key, part as FilterCondition);
}

function conditionWords(path: string, condition: FilterCondition): readonly string[] {
  const words = signs.flatMap(([name, sign]) =>
    condition[name] === undefined ? [] : [`${path} ${sign} ${condition[name]}`],
  );
  if (condition.in !== undefined) words.push(`${path} in ${condition.in.join(", ")}`);
  if (condition.exists !== undefined) words.push(`${path} ${condition.exists ? "exists" : "is missing"}`);
  if (condition.not !== undefined) words.push(notWords(path, condition.not));
  return words;
}

function notWords(path: string, not: FilterValue | FilterCondition): string {
  return typeof not === "object" ? `not (${conditionWords(path, not).join(" and ")})` : `${path} ≠ ${not}`;
}
