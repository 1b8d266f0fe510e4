export { largestRemainder } from "./allocation.ts";
export type { Brand } from "./brand.ts";
export type { Clock, Ids } from "./clock.ts";
export {
  type CurrencyCode,
  currency,
  currencyCodes,
  isCurrency,
  minorDigits,
  type UnknownCurrency,
} from "./currency.ts";
export {
  add,
  compare,
  type Decimal,
  type DecimalOutOfRange,
  decimal,
  decimalOf,
  digitsAt,
  divide,
  formatDecimal,
  isZero,
  maxDigits,
  multiply,
  type NotADecimal,
  negate,
  one,
  parseDecimal,
  readDecimal,
  subtract,
  zero,
} from "./decimal.ts";
export {
  type CustomerId,
  customerId,
  type InvalidId,
  idPattern,
  isIdBytes,
  type MerchantId,
  merchantId,
  parseCustomerId,
  parseMerchantId,
} from "./ids.ts";
export {
  type AmountTooFine,
  formatMoney,
  formatPicos,
  least,
  minorUnit,
  minus,
  noMoney,
  type Picos,
  parsePicos,
  picos,
  picosFrom,
  picosOf,
  roundToMinor,
  roundToPicos,
  sum,
} from "./picos.ts";
export { err, expectOk, ok, type Result } from "./result.ts";
export { divideRounded, type Rounding } from "./rounding.ts";
