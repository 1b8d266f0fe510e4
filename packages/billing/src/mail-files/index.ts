export { fileMailer } from "./file-mailer.ts";
