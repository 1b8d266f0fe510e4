export { dnsResolver } from "./dns-resolver.ts";
export { httpSender } from "./http-sender.ts";
