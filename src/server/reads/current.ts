import { inlineReader, type Reader } from './reader.ts';

/** In development pages run without the web process, and read at once. */
let current: Reader = inlineReader;

/** Who does the long reads of this process: whoever it has said. */
export const currentReader = (): Reader => current;

/** Called once, before the first request: a reader is the process's, nothing of any one request. */
export function useReader(reader: Reader): void {
  current = reader;
}
