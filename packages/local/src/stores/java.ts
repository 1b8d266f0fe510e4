import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The oldest Java that DynamoDB Local 1.25 starts on. */
export const oldestJava = 11;

const remedy =
  `install a Java runtime, version ${oldestJava} or later (for example Temurin 21 from https://adoptium.net), ` +
  "or set FARTHING_DYNAMODB_ENDPOINT to the address of a DynamoDB Local that runs elsewhere.";

/** Java is missing or too old. The message is one sentence for the person at the keyboard. */
export class JavaMissing extends Error {
  override readonly name = "JavaMissing";
}

/** Reads the major version from what `java -version` prints: 8 for "1.8.0_392", 17 for "17.0.9". */
export function javaMajor(printed: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(printed);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The Java program to start: the one that `JAVA_HOME` names, else the first in the path. */
export function javaCommand(env: NodeJS.ProcessEnv = process.env): string {
  return env.JAVA_HOME ? `${env.JAVA_HOME}/bin/java` : "java";
}

/**
 * Makes sure that a Java new enough for DynamoDB Local is installed, and names its program.
 *
 * Errors: throws `JavaMissing` with one plain sentence that says what to do.
 */
export async function requireJava(command: string = javaCommand()): Promise<string> {
  const printed = await run(command, ["-version"]).then(
    ({ stderr, stdout }) => stderr + stdout,
    () => undefined,
  );
  if (printed === undefined) throw new JavaMissing(`Farthing's local database needs Java: ${remedy}`);
  const major = javaMajor(printed);
  if (major !== undefined && major < oldestJava) {
    throw new JavaMissing(`Farthing's local database needs a newer Java than the ${major} found here: ${remedy}`);
  }
  return command;
}
