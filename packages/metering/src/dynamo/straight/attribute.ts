/** A value as DynamoDB's JSON has it. Source: the API's `AttributeValue`. */
export type Attribute = Readonly<Record<string, unknown>>;

/** A value that is the SDK's matter: a set, a class of its own, or a number that is not exact. */
export class Unusual extends Error {}

/** The attributes of an item, without those that are undefined. Errors: throws `Unusual`. */
export function attributesOf(item: object): Record<string, Attribute> {
  const attributes: [string, Attribute][] = [];
  for (const [name, value] of Object.entries(item))
    if (value !== undefined) attributes.push([name, attributeOf(value)]);
  return Object.fromEntries(attributes);
}

function attributeOf(value: unknown): Attribute {
  switch (typeof value) {
    case "string":
      return { S: value };
    case "number":
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Unusual();
      return { N: String(value) };
    case "bigint":
      return { N: String(value) };
    case "boolean":
      return { BOOL: value };
    case "object":
      return value === null ? { NULL: true } : objectOf(value);
    default:
      throw new Unusual();
  }
}

function objectOf(value: object): Attribute {
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(attributeOf) };
  if (value instanceof Uint8Array)
    return { B: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Unusual();
  return { M: attributesOf(value) };
}

/** The values of an item's attributes; whole numbers that a double does not hold are bigints. */
export function valuesOf(attributes: Readonly<Record<string, Attribute>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, valueIn(attribute)]));
}

function valueIn(attribute: Attribute): unknown {
  const [[type, value] = []] = Object.entries(attribute);
  if (type === "S" || type === "BOOL") return value;
  if (type === "N") return numberOf(String(value));
  if (type === "NULL") return null;
  if (type === "B") return bytesOf(String(value));
  if (type === "M") return valuesOf(value as Readonly<Record<string, Attribute>>);
  const list = value as readonly Attribute[];
  if (type === "L") return list.map(valueIn);
  if (type === "SS") return new Set(list);
  if (type === "NS") return new Set(list.map((each) => numberOf(String(each))));
  if (type === "BS") return new Set(list.map((each) => bytesOf(String(each))));
  throw new Error(`DynamoDB answered a value of the unknown type ${type}`);
}

function numberOf(text: string): number | bigint {
  const value = Number(text);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? BigInt(text) : value;
}

function bytesOf(base64: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, "base64");
  return new Uint8Array(buffer, byteOffset, byteLength);
}
