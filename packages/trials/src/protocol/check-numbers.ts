import { customers } from "./catalogue.ts";
import type { History } from "./history.ts";

/** Every invoice that asks for money has a number, the numbers are 1, 2, 3 and so on, and the log says the same. */
export async function checkNumbers(history: History): Promise<void> {
  const { stores, merchant, witness } = history;
  const chains = await Promise.all(customers.map((name) => stores.seals.seals(history.customer(name))));
  const due = chains.flat().flatMap(({ customer: { customer }, number: seal, invoices }) => {
    const sealed = invoices.filter(({ status }) => status === "sealed");
    return sealed.map(({ currency }) => ({ customer, seal, currency }));
  });
  const issued = await Promise.all(due.map((name) => stores.numbers.issued(merchant, name)));
  const logged = (await stores.numbers.blocksFrom(merchant, 1)).flatMap(({ first, invoices }) =>
    invoices.map((name, index) => `${first + index} ${name.customer} ${name.seal} ${name.currency}`),
  );
  const noted = issued.map((one, index) => {
    const { customer, seal, currency } = due[index] ?? {};
    return `${one?.number ?? "nothing"} ${customer} ${seal} ${currency}`;
  });
  if (noted.toSorted().join() !== logged.toSorted().join())
    witness.blame(`invoices are numbered ${noted.join(", ")}, but the log says ${logged.join(", ")}`);
  for (const [index, text] of logged.entries())
    if (!text.startsWith(`${index + 1} `)) witness.blame(`number ${index + 1} of the log is given as ${text}`);
}
