import { readArguments, usage } from "./arguments.ts";
import { costOf, type StepCost } from "./cost.ts";

const dollars = (value: number) => value.toFixed(4).padStart(12);
const counted = (value: number) => Math.round(value).toLocaleString("en").padStart(14);
const sum = ({ dynamodb, gateway, lambda, queue }: StepCost) => dynamodb + gateway + lambda + queue;

const read = readArguments(process.argv.slice(2));
if (read.ok) {
  const { workload, prices } = read.value;
  const { units, steps, total, perMillionEvents } = costOf(workload, prices);
  const { events, batch, customersAnHour, eventsACustomerHour } = workload;
  console.log(`${events} events in requests of ${batch}, ${customersAnHour} customers an hour,`);
  console.log(`${eventsACustomerHour} events of each; USD at list prices of ${prices.asOf}`);
  console.log("step       write units    read units    DynamoDB     gateway      Lambda       queue         sum");
  for (const name of ["ingest", "roll", "settle"] as const) {
    const { dynamodb, gateway, lambda, queue } = steps[name];
    const prices = [dynamodb, gateway, lambda, queue, sum(steps[name])].map(dollars).join("");
    console.log(`${name.padEnd(8)}${counted(units[name].write)}${counted(units[name].read)}${prices}`);
  }
  console.log(`in all ${total.toFixed(4)} USD, ${perMillionEvents.toFixed(4)} USD per million events`);
} else {
  console.error(`${read.error.message}\n\n${usage}`);
  process.exitCode = 1;
}
