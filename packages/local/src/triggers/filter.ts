type Json = unknown;
type Condition = Readonly<Record<string, Json>>;

const isObject = (value: Json): value is Condition =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function numeric(rule: Json, value: Json): boolean {
  if (!Array.isArray(rule) || typeof value !== "number") return false;
  for (let at = 0; at + 1 < rule.length; at += 2) {
    const bound = Number(rule[at + 1]);
    const holds = {
      "=": value === bound,
      "<": value < bound,
      "<=": value <= bound,
      ">": value > bound,
      ">=": value >= bound,
    };
    const operator = String(rule[at]);
    if (!(operator in holds)) throw new Error(`a filter pattern compares with ${operator}`);
    if (!holds[operator as keyof typeof holds]) return false;
  }
  return true;
}

function anythingBut(rule: Json, value: Json): boolean {
  if (isObject(rule)) return !meets(rule, value);
  const excluded = Array.isArray(rule) ? rule : [rule];
  return !excluded.includes(value);
}

const text = (value: Json): string => (typeof value === "string" ? value : "\u0000");

const conditions: Readonly<Record<string, (rule: Json, value: Json) => boolean>> = {
  "anything-but": (rule, value) => value !== undefined && anythingBut(rule, value),
  "equals-ignore-case": (rule, value) => text(value).toLowerCase() === String(rule).toLowerCase(),
  exists: (rule, value) => (value !== undefined) === rule,
  numeric,
  prefix: (rule, value) => text(value).startsWith(String(rule)),
  suffix: (rule, value) => text(value).endsWith(String(rule)),
};

function meets(condition: Condition, value: Json): boolean {
  return Object.entries(condition).every(([name, rule]) => {
    const check = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
    if (check === undefined) throw new Error(`a filter pattern has the unknown condition ${name}`);
    return check(rule, value);
  });
}

function matchesLeaf(choices: readonly Json[], value: Json): boolean {
  const values = Array.isArray(value) ? value : [value];
  return choices.some((choice) => values.some((one) => (isObject(choice) ? meets(choice, one) : choice === one)));
}

/**
 * Whether a record fits a filter pattern: each key of the pattern must fit, one of a key's choices is enough.
 *
 * Errors: throws on a condition that is not known, so that no record is lost to a filter that was not understood.
 * Source: "Lambda event filtering", filter rule syntax.
 */
export function matchesPattern(pattern: Json, record: Json): boolean {
  if (!isObject(pattern)) throw new Error("a filter pattern is an object");
  return Object.entries(pattern).every(([key, rule]) => {
    if (key === "$or") return Array.isArray(rule) && rule.some((choice) => matchesPattern(choice, record));
    const value = isObject(record) && Object.hasOwn(record, key) ? record[key] : undefined;
    return Array.isArray(rule) ? matchesLeaf(rule, value) : matchesPattern(rule, value);
  });
}

/** Whether a record passes a trigger's filters: it fits one of them, or there are none. */
export function passesFilters(patterns: readonly Json[], record: Json): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, record));
}
