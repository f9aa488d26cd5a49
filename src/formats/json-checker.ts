const BLANK = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Characters between two places from which reading can begin again. */
const SNAPSHOT_DISTANCE = 2_000;

/** What may stand next. */
type State = 'value' | 'first' | 'key' | 'next';

/** A place in a document and what is open there. */
export interface Snapshot {
  at: number;
  state: State;
  open: readonly Opening[];
}

/** An object or a list that is open. */
export interface Opening {
  at: number;
  isObject: boolean;
}

const START: Snapshot = { at: 0, state: 'value', open: [] };

/** Reads JSON only as far as to know where it goes wrong; may begin in the middle, where another reading has been. */
export class JsonChecker {
  readonly #text: string;
  /** Place of the text's first character in the document. */
  readonly #base: number;
  readonly #snapshots: Snapshot[];
  #at: number;
  #state: State;
  readonly #open: Opening[];

  /** `text` is the document from `base` on. QueryInterpretation begins at the last of `from`. */
  constructor(text: string, from: readonly Snapshot[] = [START], base = 0) {
    const { at, state, open } = from.at(-1) ?? START;
    this.#text = text;
    this.#base = base;
    this.#snapshots = [...from];
    this.#at = at - base;
    this.#state = state;
    this.#open = [...open];
  }

  /** The objects and lists that are open, the outermost first. */
  get open(): readonly Opening[] {
    return this.#open;
  }

  /** Place of the first contradiction; -1 when there is none before `until`. */
  run(until = this.#base + this.#text.length): number {
    const end = until - this.#base;
    for (;;) {
      this.#skip(BLANK);
      if (this.#at >= end && end < this.#text.length) return -1;
      if (this.#state === 'next' && this.#open.length === 0) return this.#at < this.#text.length ? this.#place : -1;
      if (this.#place - (this.#snapshots.at(-1)?.at ?? 0) > SNAPSHOT_DISTANCE) this.#snapshots.push(this.#snapshot());
      if (!this.#step()) return this.#place;
    }
  }

  /** The places up to a given one from which reading can begin again. */
  snapshotsBefore(place: number): Snapshot[] {
    return this.#snapshots.slice(0, this.#snapshots.findLastIndex(({ at }) => at <= place) + 1);
  }

  get #place(): number {
    return this.#base + this.#at;
  }

  #snapshot(): Snapshot {
    return { at: this.#place, state: this.#state, open: [...this.#open] };
  }

  /** Reads one mark or value; false when it may not stand here. */
  #step(): boolean {
    const character = this.#text[this.#at];
    const isObject = this.#open.at(-1)?.isObject ?? false;
    const isInside = this.#state === 'next' || this.#state === 'first';
    if (isInside && character === (isObject ? '}' : ']')) {
      this.#open.pop();
      return this.#take('next');
    }
    if (this.#state === 'next') return character === ',' && this.#take(isObject ? 'key' : 'value');
    if (isObject && this.#state !== 'value') {
      if (!this.#skip(TEXT)) return false;
      this.#skip(BLANK);
      return this.#text[this.#at] === ':' && this.#take('value');
    }
    if (character === '{' || character === '[') {
      this.#open.push({ at: this.#place, isObject: character === '{' });
      return this.#take('first');
    }
    this.#state = 'next';
    return this.#skip(TEXT) || this.#skip(SCALAR);
  }

  #take(state: State): boolean {
    this.#at += 1;
    this.#state = state;
    return true;
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.test(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}
