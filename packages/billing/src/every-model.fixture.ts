import { decimal } from "@farthing/money";
import type { Price } from "@farthing/pricing";

const onBytes = { meter: "bytes" } as const;
const tier = (upTo: string | null, unitPrice: string, flat = "0") => ({
  upTo: upTo === null ? null : decimal(upTo),
  unitPrice: decimal(unitPrice),
  flat: decimal(flat),
});
const tiers = [tier("2", "0.3", "1"), tier("5.5", "0.2", "0.5"), tier(null, "0.0000001")];

/** A price of each model, with amounts that a few events tell apart. */
export const everyModel: readonly Price[] = [
  {
    ...onBytes,
    key: "unit",
    model: "per_unit",
    unitPrice: decimal("0.1"),
    per: decimal("7"),
    freeUnits: decimal("1.5"),
  },
  { ...onBytes, key: "capped", model: "per_unit", unitPrice: decimal("0.4"), maximum: decimal("1.9") },
  { ...onBytes, key: "graduated", model: "graduated", tiers, per: decimal("3") },
  { ...onBytes, key: "owed", model: "graduated", tiers, chargeZero: true, discount: decimal("0.125") },
  { ...onBytes, key: "volume", model: "volume", tiers, minimum: decimal("2.5") },
  { ...onBytes, key: "package", model: "package", size: decimal("2.5"), amount: decimal("1.2"), minimum: decimal("3") },
  { ...onBytes, key: "flatpc", model: "percentage", rate: decimal("0.029"), fixed: decimal("0.3") },
  {
    ...onBytes,
    key: "pc",
    model: "percentage",
    rate: decimal("0.1"),
    fixed: decimal("0.01"),
    freeUnits: decimal("3"),
    freeAmount: decimal("4"),
    minimum: decimal("0.12"),
    maximum: decimal("0.25"),
    periodMinimum: decimal("0.3"),
    periodMaximum: decimal("0.7"),
  },
  {
    ...onBytes,
    key: "steps",
    model: "graduated_percentage",
    tiers: [
      { upTo: decimal("3"), rate: decimal("0.01"), fixed: decimal("0.2") },
      { upTo: null, rate: decimal("0.02") },
    ],
  },
  {
    ...onBytes,
    key: "capacity",
    model: "capacity",
    tiers: [
      { upTo: decimal("1"), amount: decimal("5") },
      { upTo: decimal("4"), amount: decimal("9") },
      { upTo: null, amount: decimal("11") },
    ],
  },
  {
    ...onBytes,
    key: "matrix",
    model: "matrix",
    dimensions: ["region"],
    cells: [{ match: { region: "eu" }, unitPrice: decimal("0.001") }],
    otherwise: decimal("0.002"),
    freeUnits: decimal("1"),
    minimum: decimal("0.004"),
  },
  {
    ...onBytes,
    key: "thousands",
    model: "per_unit",
    unitPrice: decimal("0.7"),
    convert: { by: decimal("2"), op: "divide", round: "up" },
  },
  { ...onBytes, key: "dynamic", model: "dynamic", multiplier: decimal("1.1") },
];
