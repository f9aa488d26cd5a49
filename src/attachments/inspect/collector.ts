import type { Finding, FindingKind, Inspection } from '#src/domain/attachments/findings.ts';

/** Characters that are kept of a file's text: what is longer is no longer screened whole, and said to be so. */
const LONGEST_TEXT = 4_000_000;
const LONGEST_DETAIL = 120;
/** Findings of one kind at one place that are told one by one. */
const MOST_ALIKE = 20;
const MOST_FINDINGS = 500;

/** Gathers what an inspection finds. */
export class Collector {
  readonly #findings: Finding[] = [];
  readonly #alike = new Map<string, number>();
  readonly #text: string[] = [];
  #length = 0;
  #isCut = false;

  /** @param detail is shortened; many alike at one place are told once */
  add(kind: FindingKind, place = '', detail = ''): void {
    const shown = detail.replace(/\s+/g, ' ').trim();
    const cut = shown.length > LONGEST_DETAIL ? `${shown.slice(0, LONGEST_DETAIL)}…` : shown;
    const alike = `${kind}\n${place}`;
    const count = (this.#alike.get(alike) ?? 0) + 1;
    this.#alike.set(alike, count);
    if (count > MOST_ALIKE || this.#findings.length >= MOST_FINDINGS) return;
    if (this.#findings.some((known) => known.kind === kind && known.place === place && known.detail === cut)) return;
    this.#findings.push({ kind, place, detail: cut });
  }

  addText(text: string): void {
    if (this.#isCut || text === '') return;
    this.#text.push(text);
    this.#length += text.length;
    if (this.#length > LONGEST_TEXT) {
      this.#isCut = true;
      this.add('unreadable', '', '文字过长，只审查了前面的部分');
    }
  }

  get textLength(): number {
    return this.#length;
  }

  finish(): Inspection {
    return { findings: this.#findings, text: this.#text.join('').slice(0, LONGEST_TEXT) };
  }
}
