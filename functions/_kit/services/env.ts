import { KeyEnvironment } from "@farthing/access";
import * as v from "valibot";

const Name = v.pipe(v.string(), v.minLength(1));

/** The environment variables that functions read; each names something that the stacks made. */
const variables = {
  FARTHING_JOURNAL_TABLE: Name,
  FARTHING_LOG_TABLE: Name,
  FARTHING_REGISTRY_TABLE: Name,
  FARTHING_ROLLS_QUEUE: Name,
  FARTHING_SETTLEMENTS_QUEUE: Name,
  FARTHING_BACKFILLS_QUEUE: Name,
  FARTHING_DELIVERIES_QUEUE: Name,
  /** Whether webhooks may go to this machine itself: the local cloud says so, and no stack. */
  FARTHING_WEBHOOKS_TO_LOOPBACK: v.optional(v.picklist(["true", "false"]), "false"),
  /** Which kind of API keys this stage makes. */
  FARTHING_KEY_ENVIRONMENT: v.optional(KeyEnvironment, "test"),
};

/** Reads one variable. Errors: throws where it is missing or malformed. */
export function env<Key extends keyof typeof variables>(name: Key): v.InferOutput<(typeof variables)[Key]> {
  const parsed = v.safeParse(variables[name], process.env[name]);
  if (!parsed.success) throw new Error(`the environment variable ${name} is missing or malformed`);
  return parsed.output;
}
