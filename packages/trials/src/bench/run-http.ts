import { benchHttp } from "./http.bench.ts";

// `npm run bench:http -- 100000` sends fewer events than the figures are made of.
const [events] = process.argv.slice(2);
await benchHttp(events === undefined ? {} : { events: Number(events) });
