import type { Language } from "./party.ts";

/** What an invoice's document says besides names and numbers. */
export interface InvoiceWords {
  readonly invoice: string;
  readonly number: string;
  readonly issued: string;
  readonly period: string;
  readonly customer: string;
  readonly seller: string;
  readonly buyer: string;
  readonly taxId: string;
  readonly description: string;
  readonly quantity: string;
  readonly exact: string;
  readonly amount: string;
  readonly adjustment: string;
  readonly directCharges: string;
  readonly carryLine: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly credit: string;
  readonly reverseCharge: string;
  readonly reverseChargeNote: string;
  readonly exempt: string;
  readonly included: (name: string, percent: string) => string;
  readonly on: (amount: string) => string;
  readonly exactSum: string;
  readonly carriedIn: string;
  readonly total: string;
  readonly carriedOut: string;
  readonly rounding: string;
  readonly events: (count: string) => string;
  readonly due: string;
  readonly fee: (fee: { readonly method: string; readonly amount: string; readonly share: string }) => string;
  readonly creditNote: string;
  readonly creditsInvoice: string;
  readonly creditExact: string;
  /** What the sum of a note is, by how it is given back. */
  readonly creditTotal: Readonly<Record<"due" | "refund" | "carry", string>>;
  readonly creditCarried: string;
  readonly creditRounding: string;
  readonly reason: string;
  readonly root: string;
  readonly page: (page: number, pages: number) => string;
}

/** The words of each language. */
export const wordsOf: Readonly<Record<Language, InvoiceWords>> = {
  en: {
    invoice: "Invoice",
    number: "Number",
    issued: "Issued",
    period: "Period",
    customer: "Customer",
    seller: "From",
    buyer: "Bill to",
    taxId: "Tax ID",
    description: "Description",
    quantity: "Quantity",
    exact: "Exact",
    amount: "Amount",
    adjustment: "Adjustment",
    directCharges: "Direct charges",
    carryLine: "Carried from earlier invoices",
    subtotal: "Subtotal",
    discount: "Discount",
    credit: "Credit",
    reverseCharge: "Reverse charge",
    reverseChargeNote: "Reverse charge: the customer accounts for the tax.",
    exempt: "Tax exempt",
    included: (name, percent) => `Including ${name} ${percent}`,
    on: (amount) => `on ${amount}`,
    exactSum: "Charges, exact",
    carriedIn: "Carried in from earlier invoices",
    total: "Total",
    carriedOut: "Carried to the next invoice",
    rounding:
      "Charges are summed exactly and rounded once, on the total. What rounding leaves is carried to the next invoice.",
    events: (count) => `Rests on ${count} metered events.`,
    due: "Due",
    fee: ({ method, amount, share }) => `Collecting it by ${method} costs ${amount}, ${share} % of the total.`,
    creditNote: "Credit note",
    creditsInvoice: "Credits invoice",
    creditExact: "Credited, exact",
    creditTotal: { due: "No longer due", refund: "To be refunded", carry: "To be refunded" },
    creditCarried: "Credited on the next invoice",
    creditRounding:
      "Credits are summed exactly and rounded once for each invoice. What is not given back now is taken off the next invoice.",
    reason: "Reason",
    root: "Proof root",
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
  ko: {
    invoice: "청구서",
    number: "번호",
    issued: "발행일",
    period: "이용 기간",
    customer: "고객",
    seller: "공급자",
    buyer: "공급받는 자",
    taxId: "사업자등록번호",
    description: "내역",
    quantity: "수량",
    exact: "정확한 금액",
    amount: "청구 금액",
    adjustment: "조정",
    directCharges: "직접 청구",
    carryLine: "이전 청구서에서 이월",
    subtotal: "소계",
    discount: "할인",
    credit: "크레딧",
    reverseCharge: "매입자 납부(Reverse charge)",
    reverseChargeNote: "Reverse charge: 세금은 공급받는 자가 직접 신고·납부합니다.",
    exempt: "면세",
    included: (name, percent) => `${name} ${percent} 포함`,
    on: (amount) => `(과세 표준 ${amount})`,
    exactSum: "이용 금액 합계(정확)",
    carriedIn: "이전 청구서에서 이월된 금액",
    total: "청구 금액 합계",
    carriedOut: "다음 청구서로 이월되는 금액",
    rounding:
      "이용 금액은 정확하게 합산하고 합계에서 한 번만 반올림하며, 반올림으로 남은 금액은 다음 청구서로 이월합니다.",
    events: (count) => `계량된 이벤트 ${count}건에 근거합니다.`,
    due: "납부 기한",
    fee: ({ method, amount, share }) => `${method} 수납 비용은 ${amount}로, 합계의 ${share}%입니다.`,
    creditNote: "감액 통지서",
    creditsInvoice: "원 청구서 번호",
    creditExact: "감액 합계(정확)",
    creditTotal: { due: "청구에서 제외되는 금액", refund: "환불할 금액", carry: "환불할 금액" },
    creditCarried: "다음 청구서에서 차감되는 금액",
    creditRounding:
      "감액은 정확하게 합산하고 청구서마다 한 번만 반올림하며, 지금 돌려주지 않는 금액은 다음 청구서에서 차감합니다.",
    reason: "사유",
    root: "증명 루트",
    page: (page, pages) => `${pages}쪽 중 ${page}쪽`,
  },
};
