import type { Session } from "./things.ts";

const text = (words: string) => words.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const cards = [
  { token: "pm_card_visa", label: "4242 4242 4242 4242", note: "works" },
  { token: "pm_card_chargeCustomerFail", label: "4000 0000 0000 0341", note: "is declined" },
] as const;

/** The hosted page of a session, on which a person saves one of the test cards. */
export function hostedPage({ id, status, metadata }: Session): string {
  const choice = cards
    .map(({ token, label, note }) => `<button name="card" value="${token}">${label} <small>${note}</small></button>`)
    .join("\n");
  const body =
    status === "open"
      ? `<p>Choose the card that this bill is paid with. No money moves on this machine.</p>
<form method="post" action="/pay/${text(id)}">${choice}</form>`
      : `<p>This page is ${status}.</p>`;
  return page(`Pay ${text(metadata.invoice ?? "")}`, body);
}

/** A page of one heading and what follows it. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui;max-width:28rem;margin:4rem auto;padding:0 1rem}button{display:block;width:100%;
margin:.5rem 0;padding:.75rem;font:inherit}</style>
<h1>${title}</h1>
${body}
</html>
`;
}
