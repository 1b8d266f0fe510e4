import { createHash, createHmac } from "node:crypto";

/** Who signs; `sessionToken` comes with credentials that expire. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** A request to DynamoDB: what is said to which operation, where and when. Units: `at` in milliseconds since 1970. */
export interface Unsigned {
  readonly host: string;
  readonly region: string;
  readonly target: string;
  readonly body: string;
  readonly at: number;
}

/**
 * Signs requests to DynamoDB, and gives their headers. The key of a day is kept.
 *
 * Source: "AWS Signature Version 4 for API requests"; a test compares with the SDK's own signatures.
 */
export class Signer {
  #key: { readonly of: string; readonly bytes: Buffer } | undefined;

  /** The headers that a request is sent with. */
  headers(credentials: Credentials, { host, region, target, body, at }: Unsigned): Record<string, string> {
    const time = new Date(at).toISOString().replace(/-|:|\.\d+/g, "");
    const { accessKeyId, sessionToken } = credentials;
    const signed = {
      "content-type": "application/x-amz-json-1.0",
      host,
      "x-amz-date": time,
      ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
      "x-amz-target": target,
    };
    const names = Object.keys(signed).join(";");
    const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
    const request = `POST\n/\n\n${lines.join("")}\n${names}\n${sha256(body)}`;
    const scope = `${time.slice(0, 8)}/${region}/dynamodb/aws4_request`;
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(request)}`;
    const signature = createHmac("sha256", this.#dayKey(credentials, scope)).update(text).digest("hex");
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return { ...signed, authorization };
  }

  #dayKey({ secretAccessKey }: Credentials, scope: string): Buffer {
    const of = `${secretAccessKey}/${scope}`;
    if (this.#key?.of !== of) {
      const steps = scope.split("/");
      const bytes = steps.reduce<Buffer>((key, step) => hmac(key, step), Buffer.from(`AWS4${secretAccessKey}`));
      this.#key = { of, bytes };
    }
    return this.#key.bytes;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
