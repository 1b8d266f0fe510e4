/** A value as DynamoDB's JSON has it. Source: the API's `AttributeValue`. */
export interface Attribute {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly M?: Attributes;
  readonly L?: readonly Attribute[];
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
}

/** An item, or an object in one. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** A value that is the SDK's matter: a set, a class of its own, or a number that is not exact. */
export class Unusual extends Error {}

/** The attributes of an item, without those that are undefined. Errors: throws `Unusual`. */
export function attributesOf(item: object): Attributes {
  const attributes: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(item)) if (value !== undefined) put(attributes, name, attributeOf(value));
  return attributes;
}

/** The values of an item's attributes; whole numbers that a double does not hold are bigints. */
export function valuesOf(attributes: Attributes): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  // A query answers hundreds of items: without a list of pairs this takes a fifth of the time.
  for (const name of Object.keys(attributes)) put(values, name, valueIn(attributes[name] ?? {}));
  return values;
}

/** Names are data: one of them would set what an object inherits from. */
function put<Value>(into: Record<string, Value>, name: string, value: Value): void {
  if (name !== "__proto__") into[name] = value;
  else Object.defineProperty(into, name, { value, configurable: true, enumerable: true, writable: true });
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

function valueIn(attribute: Attribute): unknown {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return numberOf(attribute.N);
  if (attribute.B !== undefined) return bytesOf(attribute.B);
  if (attribute.M !== undefined) return valuesOf(attribute.M);
  if (attribute.L !== undefined) return attribute.L.map(valueIn);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.NULL !== undefined) return null;
  return setOf(attribute);
}

function setOf({ SS, NS, BS, ...unknown }: Attribute): ReadonlySet<unknown> {
  if (SS !== undefined) return new Set(SS);
  if (NS !== undefined) return new Set(NS.map(numberOf));
  if (BS !== undefined) return new Set(BS.map(bytesOf));
  throw new Error(`DynamoDB answered a value of an unknown type: ${Object.keys(unknown).join()}`);
}

function numberOf(text: string): number | bigint {
  const value = Number(text);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? BigInt(text) : value;
}

function bytesOf(base64: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, "base64");
  return new Uint8Array(buffer, byteOffset, byteLength);
}
