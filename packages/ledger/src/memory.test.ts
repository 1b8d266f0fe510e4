import { booksContract } from "./books.contract.ts";
import { memoryAlongside, memoryBooks } from "./memory.ts";

booksContract("in memory", memoryBooks, {
  good() {
    let written = false;
    const apply = () => {
      written = true;
    };
    const write = { holds: () => true, apply };
    return { alongside: memoryAlongside([write]), isWritten: async () => written };
  },
  bad: () => memoryAlongside([{ holds: () => false, apply: () => expectNever() }]),
});

function expectNever(): never {
  throw new Error("a write was made whose condition does not hold");
}
