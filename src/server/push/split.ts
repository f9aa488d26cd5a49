import { createReadStream } from 'node:fs';
import { PushRefusedError } from './refused.ts';

/** Characters of one item at most: a body of two million, and its wrapping. */
export const LONGEST_ITEM = 4 * 1024 * 1024;
const BLANK = /\s/;

/** How the items of a body follow each other. */
export type PushFormat = 'array' | 'lines';

/**
 * The items of a spooled body as JSON text, one after another, without ever holding more than one. Items are not parsed: one that
 * is not JSON is the reader's to refuse; so is one that is too long, of which no more comes than shows that it is. @throws PushRefusedError 400 when the body is not UTF-8, is no array, or ends within one.
 */
export async function* splitItems(path: string, format: PushFormat): AsyncGenerator<string> {
  yield* splitStream(createReadStream(path, { highWaterMark: 256 * 1024 }), format);
}

/** The same of bytes that come from anywhere. */
export async function* splitStream(bytes: AsyncIterable<Uint8Array>, format: PushFormat): AsyncGenerator<string> {
  const splitter = format === 'lines' ? new LineSplitter() : new ArraySplitter();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) {
      yield* splitter.take(decoder.decode(chunk, { stream: true }));
    }
    yield* splitter.take(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new PushRefusedError(400, '内容不是 UTF-8');
    throw error;
  }
  yield* splitter.end();
}

class LineSplitter {
  #rest = '';

  *take(text: string): Generator<string> {
    const lines = (this.#rest + text).split('\n');
    this.#rest = cut(lines.pop() ?? '');
    for (const line of lines) if (line.trim() !== '') yield cut(line);
  }

  *end(): Generator<string> {
    if (this.#rest.trim() !== '') yield this.#rest;
  }
}

/** Cuts a JSON array at the commas between its elements. */
class ArraySplitter {
  #item = '';
  /** 0 outside the array, 1 between its elements, more within one. */
  #depth = 0;
  #inText = false;
  #escaped = false;
  #isOver = false;

  *take(text: string): Generator<string> {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at] as string;
      if (this.#inText) this.#readText(character);
      else if (character === '"') this.#inText = true;
      else if (this.#depth === 0) {
        this.#open(character);
        start = at + 1;
      } else if (character === '[' || character === '{') this.#depth++;
      else if (character === ']' || character === '}') this.#depth--;
      if (this.#depth === 0 && this.#isOver === false && character === ']') this.#isOver = true;
      const ends = !this.#inText && ((this.#depth === 1 && character === ',') || (this.#isOver && character === ']'));
      if (!ends) continue;
      yield* this.#finish(text.slice(start, at), character);
      start = at + 1;
    }
    if (this.#depth > 0) this.#item = cut(this.#item + text.slice(start));
  }

  end(): Generator<string> | [] {
    if (!this.#isOver) throw new PushRefusedError(400, '内容不是完整的 JSON 数组');
    return [];
  }

  #readText(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') this.#inText = false;
  }

  #open(character: string): void {
    if (character === '[' && !this.#isOver) this.#depth = 1;
    else if (!BLANK.test(character) && character !== '\uFEFF')
      throw new PushRefusedError(400, '内容不是一个 JSON 数组');
  }

  /** An empty array has no item; an empty place between commas is one, and none that can be read. */
  *#finish(tail: string, mark: string): Generator<string> {
    const item = cut(this.#item + tail);
    this.#item = '';
    if (mark === ',' || item.trim() !== '') yield item;
  }
}

/** One character more than an item may have: enough to tell that it has too many. */
const cut = (item: string) => item.slice(0, LONGEST_ITEM + 1);
