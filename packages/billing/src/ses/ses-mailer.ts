import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Mailer } from "../mailer.ts";

/** What letters are sent with: `from` is an address that SES has verified. */
interface SesParts {
  readonly client?: SESv2Client;
  readonly from: string;
}

/** Letters through Amazon SES. Source: RFC 5322 for the names of addresses. */
export function sesMailer({ client = new SESv2Client({ maxAttempts: 5 }), from }: SesParts): Mailer {
  return {
    async send({ to, from: name, subject, text }) {
      const content = (Data: string) => ({ Data, Charset: "UTF-8" });
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: `${encodedName(name)} <${from}>`,
          Destination: { ToAddresses: [to] },
          Content: { Simple: { Subject: content(subject), Body: { Text: content(text) } } },
        }),
      );
    },
  };
}

/** A name in a header, whatever its letters. Source: RFC 2047, an encoded word of at most 75 characters. */
function encodedName(name: string): string {
  const words: string[] = [];
  let word = "";
  for (const letter of name) {
    if (Buffer.byteLength(word + letter) > 42) {
      words.push(word);
      word = "";
    }
    word += letter;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString("base64")}?=`).join(" ");
}
