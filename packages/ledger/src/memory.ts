export { type MemoryWrite, memoryAlongside, memoryBooks } from "./memory-books.ts";
