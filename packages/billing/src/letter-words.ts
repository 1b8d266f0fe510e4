import type { LetterKind } from "./collection.ts";
import type { Language } from "./party.ts";

/** What letters say of: texts as they stand in the letter's language. */
export interface LetterFacts {
  readonly seller: string;
  readonly invoice: string;
  readonly amount: string;
  readonly link: string;
  /** When it is tried next. */
  readonly next: string;
}

/** A letter's words. */
export interface LetterWords {
  readonly subject: (facts: LetterFacts) => string;
  readonly lines: (facts: LetterFacts) => readonly string[];
}

type LettersOf = Readonly<Record<LetterKind, LetterWords>>;

const en: LettersOf = {
  please_pay: {
    subject: ({ invoice, seller }) => `Invoice ${invoice} from ${seller}`,
    lines: ({ invoice, seller, amount, link, next }) => [
      `Invoice ${invoice} from ${seller} comes to ${amount}. We have no card of yours to pay it with.`,
      `Please save one here, and the invoice is paid at once:\n${link}`,
      `We look again on ${next}.`,
    ],
  },
  declined: {
    subject: ({ invoice }) => `The payment of invoice ${invoice} was declined`,
    lines: ({ invoice, seller, amount, link, next }) => [
      `Your card was declined for invoice ${invoice} from ${seller}, which comes to ${amount}.`,
      `We try again on ${next}. To pay with another card now:\n${link}`,
    ],
  },
  past_due: {
    subject: ({ invoice }) => `Invoice ${invoice} is past due`,
    lines: ({ invoice, seller, amount, link }) => [
      `Invoice ${invoice} from ${seller} is past due. It comes to ${amount}, and could not be collected.`,
      `Please pay it here:\n${link}`,
    ],
  },
  written_off: {
    subject: ({ invoice }) => `Invoice ${invoice} is no longer collected`,
    lines: ({ invoice, seller, amount }) => [
      `We no longer try to collect invoice ${invoice} from ${seller}, which comes to ${amount}.`,
      "Please get in touch with us if you wish to pay it.",
    ],
  },
  paid: {
    subject: ({ invoice, seller }) => `Paid: invoice ${invoice} from ${seller}`,
    lines: ({ invoice, seller, amount }) => [`Invoice ${invoice} from ${seller} is paid: ${amount}. Thank you.`],
  },
  refunded: {
    subject: ({ invoice, seller }) => `A refund for invoice ${invoice} from ${seller}`,
    lines: ({ invoice, seller, amount }) => [
      `${seller} has given you ${amount} back on invoice ${invoice}. It takes some days until your bank shows it.`,
    ],
  },
};

const ko: LettersOf = {
  please_pay: {
    subject: ({ invoice, seller }) => `${seller} 청구서 ${invoice}번`,
    lines: ({ invoice, seller, amount, link, next }) => [
      `${seller}의 청구서 ${invoice}번 금액은 ${amount}입니다. 결제에 사용할 카드가 등록되어 있지 않습니다.`,
      `아래에서 카드를 등록하시면 바로 결제됩니다.\n${link}`,
      `${next}에 다시 확인합니다.`,
    ],
  },
  declined: {
    subject: ({ invoice }) => `청구서 ${invoice}번의 결제가 거절되었습니다`,
    lines: ({ invoice, seller, amount, link, next }) => [
      `${seller}의 청구서 ${invoice}번(${amount}) 결제가 카드사에서 거절되었습니다.`,
      `${next}에 다시 시도합니다. 지금 다른 카드로 결제하시려면 아래를 이용해 주십시오.\n${link}`,
    ],
  },
  past_due: {
    subject: ({ invoice }) => `청구서 ${invoice}번이 연체되었습니다`,
    lines: ({ invoice, seller, amount, link }) => [
      `${seller}의 청구서 ${invoice}번(${amount})이 결제되지 않아 연체되었습니다.`,
      `아래에서 결제해 주십시오.\n${link}`,
    ],
  },
  written_off: {
    subject: ({ invoice }) => `청구서 ${invoice}번의 추심을 종료합니다`,
    lines: ({ invoice, seller, amount }) => [
      `${seller}의 청구서 ${invoice}번(${amount})은 더 이상 결제를 시도하지 않습니다.`,
      "결제를 원하시면 연락해 주십시오.",
    ],
  },
  paid: {
    subject: ({ invoice, seller }) => `결제 완료: ${seller} 청구서 ${invoice}번`,
    lines: ({ invoice, seller, amount }) => [
      `${seller}의 청구서 ${invoice}번이 결제되었습니다. 결제 금액은 ${amount}입니다. 감사합니다.`,
    ],
  },
  refunded: {
    subject: ({ invoice, seller }) => `환불 안내: ${seller} 청구서 ${invoice}번`,
    lines: ({ invoice, seller, amount }) => [
      `${seller}에서 청구서 ${invoice}번에 대해 환불했습니다. 환불 금액은 ${amount}입니다. 은행에 표시되기까지 며칠이 걸릴 수 있습니다.`,
    ],
  },
};

/** The words of each language's letters. */
export const lettersOf: Readonly<Record<Language, LettersOf>> = { en, ko };
