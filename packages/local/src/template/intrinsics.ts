/** What a template's intrinsic functions ask for; answered for the stack that the value stands in. */
export interface Scope {
  ref(id: string): unknown;
  attribute(id: string, name: string): unknown;
  imported(name: string): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what} wants a list, not ${JSON.stringify(value)}`);
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`${what} wants text, not ${JSON.stringify(value)}`);
}

function attribute(argument: unknown, scope: Scope): unknown {
  const [id, ...path] = typeof argument === "string" ? argument.split(".") : list(argument, "Fn::GetAtt");
  return scope.attribute(text(id, "Fn::GetAtt"), path.map((part) => text(part, "Fn::GetAtt")).join("."));
}

function join(argument: unknown, scope: Scope): string {
  const [separator, parts] = list(argument, "Fn::Join");
  const resolved = list(resolve(parts, scope), "Fn::Join");
  return resolved.map((part) => text(part, "Fn::Join")).join(text(separator, "Fn::Join"));
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, items] = list(argument, "Fn::Select");
  return list(resolve(items, scope), "Fn::Select")[Number(index)];
}

function split(argument: unknown, scope: Scope): string[] {
  const [separator, whole] = list(argument, "Fn::Split");
  return text(resolve(whole, scope), "Fn::Split").split(text(separator, "Fn::Split"));
}

function substitute(argument: unknown, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  const own: Record<string, unknown> = typeof given === "object" && given !== null ? { ...given } : {};
  return text(template, "Fn::Sub").replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal !== "") return `\${${name}}`;
    if (Object.hasOwn(own, name)) return text(resolve(own[name], scope), "Fn::Sub");
    return text(name.includes(".") ? attribute(name, scope) : scope.ref(name), "Fn::Sub");
  });
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(text(argument, "Ref")),
  "Fn::GetAtt": attribute,
  "Fn::ImportValue": (argument, scope) => scope.imported(text(resolve(argument, scope), "Fn::ImportValue")),
  "Fn::Join": join,
  "Fn::Select": select,
  "Fn::Split": split,
  "Fn::Sub": substitute,
};

/** Stands for `AWS::NoValue`: the property that holds it is left out. */
export const noValue: unique symbol = Symbol("AWS::NoValue");

function resolveObject(value: Readonly<Record<string, unknown>>, scope: Scope): unknown {
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  if (only !== undefined && (only === "Ref" || only.startsWith("Fn::"))) {
    const intrinsic = Object.hasOwn(intrinsics, only) ? intrinsics[only] : undefined;
    if (intrinsic === undefined) throw new Error(`the intrinsic function ${only} is not run locally`);
    return intrinsic(value[only], scope);
  }
  const resolved = Object.entries(value).map(([key, inner]) => [key, resolve(inner, scope)] as const);
  return Object.fromEntries(resolved.filter(([, inner]) => inner !== noValue));
}

/**
 * Puts what they stand for in place of a value's intrinsic functions, at any depth.
 *
 * Errors: throws on an intrinsic function that is not run, and when a name leads nowhere.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (typeof value === "object" && value !== null) return resolveObject({ ...value }, scope);
  return value;
}
