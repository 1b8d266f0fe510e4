import { Logger } from "@aws-lambda-powertools/logger";

/** One line of JSON a request or batch. Never told a body, a header, a key or an event's data. */
export const log = new Logger();
