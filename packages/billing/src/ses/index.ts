export { sesMailer } from "./ses-mailer.ts";
