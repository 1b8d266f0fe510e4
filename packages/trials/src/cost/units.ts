/** Capacity units of DynamoDB; reads are strong. */
export interface Units {
  readonly write: number;
  readonly read: number;
}

/** The units of each step from an event to its sealed invoice. */
export interface UnitsByStep {
  readonly ingest: Units;
  readonly roll: Units;
  readonly settle: Units;
}

/** What is metered: so many events, in requests of `batch`, of so many customers an hour with so many events each. */
export interface Workload {
  readonly events: number;
  readonly batch: number;
  readonly customersAnHour: number;
  readonly eventsACustomerHour: number;
}

const writeUnitBytes = 1024;
const readUnitBytes = 4096;

/**
 * What DynamoDB bills for a workload of one shard that arrives in time, is rolled hour by hour and settled once.
 *
 * The sizes were fitted to events with random 32-digit ids and three small values; docs/cost.md spells the formula out, and a
 * test holds it to what DynamoDB Local reports.
 */
export function unitsOf(workload: Workload): UnitsByStep {
  const { events, batch, customersAnHour, eventsACustomerHour } = workload;
  const perHour = customersAnHour * eventsACustomerHour;
  const hours = events / perHour;
  const requests = hours * Math.ceil(perHour / batch);
  const bundle = bundleBytes(Math.min(batch, perHour), customersAnHour);
  const statement = statementOf(workload);
  const customerHours = hours * customersAnHour;
  const chunks = Math.floor(customersAnHour / 100) + 1;
  const logUnits = Math.ceil((hours * statement.headerBytes) / readUnitBytes);
  return {
    ingest: { write: requests * units(bundle, writeUnitBytes), read: 0 },
    roll: {
      // Two writes an hour say what was rolled; the digests of its bundles are in one of them.
      write: customerHours * statement.writeUnits + hours * (1 + units(200 + (26 * requests) / hours, writeUnitBytes)),
      // The first hour of a customer finds an empty log, each further one reads the end of it and the hour before.
      read:
        (requests * bundle) / readUnitBytes +
        (2 + Math.min(1, statement.fingerprintReads)) * Math.max(0, customerHours - customersAnHour) +
        3 * hours,
    },
    settle: {
      // The seal, its entry in the index of invoices, the next due date with its index, the number; twice, as a transaction
      // costs, the line in the customer's book with its index and the line's cause; and blocks of numbers, chunks' sums.
      write: 11 * customersAnHour + 7 * chunks + 12,
      // The profile twice, the subscriptions and what became of them, the number, the log, and the fingerprints beside it.
      read: customersAnHour * (4.4 + logUnits) + customerHours * statement.fingerprintReads + 16,
    },
  };
}

/** The size of a bundle's item: ids do not compress, who each event is of takes bits, each name some bytes. */
function bundleBytes(events: number, customers: number): number {
  const named = distinct(events, customers);
  return 280 + 18.2 * events + (events * Math.log2(named)) / 8 + 2 * named;
}

/** A statement's header with its copy in the index, and the page where it does not fit inside. */
function statementOf({ batch, customersAnHour, eventsACustomerHour: events }: Workload) {
  const bundles = distinct(events, Math.ceil((customersAnHour * events) / batch));
  const origins = 22 * (bundles - 1);
  const inline = 158 + 188 * Math.sqrt(events) + origins;
  if (inline <= writeUnitBytes - 110) return { writeUnits: 2, headerBytes: inline, fingerprintReads: 0 };
  const page = Math.min(290 + 22.3 * events, 600 + 20.2 * events) + origins;
  const chunked = 2 + units(100 + page, writeUnitBytes);
  if (events <= 150) return { writeUnits: chunked, headerBytes: 375 + 4.3 * events, fingerprintReads: 0 };
  const fingerprints = 100 + 4 * events;
  const fingerprintReads = 0.3 + fingerprints / readUnitBytes;
  return { writeUnits: chunked + units(fingerprints, writeUnitBytes), headerBytes: 420, fingerprintReads };
}

/** How many of `kinds` are among so many drawn at random, on the average. */
function distinct(drawn: number, kinds: number): number {
  return kinds <= 1 ? 1 : kinds * (1 - (1 - 1 / kinds) ** drawn);
}

function units(bytes: number, unitBytes: number): number {
  return Math.ceil(bytes / unitBytes);
}

/** The sum over all steps. */
export function totalUnits({ ingest, roll, settle }: UnitsByStep): Units {
  return { write: ingest.write + roll.write + settle.write, read: ingest.read + roll.read + settle.read };
}
