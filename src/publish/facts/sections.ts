import type { FactKey } from '#src/domain/facts/facts.ts';
import { GENERAL_LABELS, SECTION_RULES, type SectionRule } from './vocabulary/sections.ts';

/** Behind the labels of every fact: a value told by its section only counts when no label names it. */
export const SECTION_TIER = 90;

const LEVELS: readonly RegExp[] = [
  /^(?:第[一二三四五六七八九十]+(?:章|部分|条)\s*|[一二三四五六七八九十]{1,3}[、.．]\s*)/,
  /^[（(][一二三四五六七八九十]{1,3}[）)]\s*/,
  /^(?:\d{1,2}[、.．]\s*(?!\d)|[（(]\d{1,2}[）)]\s*|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?[、.．]?\s*(?=\p{Script=Han})|\d{1,2}(?=\p{Script=Han}))/u,
];
const LONGEST_HEADING = 50;
const PLAIN = /^[\p{Script=Han}A-Za-z、（）()\s]{2,24}[:：]?$/u;

/** A line that heads what stands below it. */
export interface Heading {
  /** Without its number and blanks. */
  text: string;
  /** 0 for `一、`, 1 for `（一）`, 2 for `1.`, 3 without a number. */
  level: number;
}

const PLAIN_LEVEL = LEVELS.length;

/** The level of the number that a line begins with; undefined without one. */
export function levelOf(line: string): number | undefined {
  const level = LEVELS.findIndex((pattern) => pattern.test(line));
  return level < 0 ? undefined : level;
}

/** The heading that a line is; undefined when it is none. */
export function headingOf(line: string): Heading | undefined {
  if (line.length > LONGEST_HEADING + 10) return undefined;
  const level = LEVELS.findIndex((pattern) => pattern.test(line));
  const bare = (level < 0 ? line : line.replace(LEVELS[level] ?? '', '')).replace(/\s/g, '').replace(/[:：]$/, '');
  if (bare === '' || bare.length > LONGEST_HEADING || /[：:。；]/.test(bare)) return undefined;
  if (level < 0) return PLAIN.test(line) ? { text: bare, level: PLAIN_LEVEL } : undefined;
  return { text: bare, level };
}

/** Does a rule say something of what stands below a heading? */
export function isSectionHeading(text: string): boolean {
  return SECTION_RULES.some(({ heading }) => heading.test(text));
}

interface Open {
  level: number;
  rule: SectionRule | undefined;
}

/** The headings under which a place stands, and what they say of it. */
export class Sections {
  #open: Open[] = [];

  /** Takes a heading. Plain lines count only when a rule knows them: most short lines head nothing. */
  enter({ text, level }: Heading): void {
    const rule = SECTION_RULES.find(({ heading }) => heading.test(text));
    if (level === PLAIN_LEVEL && !rule) return;
    this.#open = this.#open.filter((open) => open.level < level);
    this.#open.push({ level, rule });
  }

  /** A line that heads something of its own whatever stood before. */
  reset(): void {
    this.#open = [];
  }

  /** A numbered line that says something itself ends the headings of its level. */
  leave(level: number): void {
    this.#open = this.#open.filter((open) => open.level < level);
  }

  /** A label of the notice's own ends what a plain line began. */
  endPlain(isOfBidder: boolean): void {
    const last = this.#open.at(-1);
    if (last?.level === PLAIN_LEVEL && last.rule?.isForeign && (isOfBidder || !last.rule.isPast)) this.#open.pop();
  }

  /** Does the innermost heading name who buys or who acts for him? */
  get isOfParty(): boolean {
    return this.rule?.name?.some((key) => key === 'buyer' || key === 'agency') ?? false;
  }

  get isForeign(): boolean {
    // Who buys and who acts for him is said under a heading of its own, whatever that stands below.
    if (this.isOfParty) return false;
    return this.#open.some(({ rule }) => rule?.isForeign);
  }

  get isPast(): boolean {
    return this.#open.some(({ rule }) => rule?.isPast);
  }

  /** The innermost rule that says something. */
  get rule(): SectionRule | undefined {
    return this.#open.findLast(({ rule }) => rule)?.rule;
  }

  /** Facts that a general label means here. */
  explain(label: string, stated: ReadonlySet<FactKey>): readonly FactKey[] {
    const kind = (Object.keys(GENERAL_LABELS) as (keyof typeof GENERAL_LABELS)[]).find((key) =>
      GENERAL_LABELS[key].test(label),
    );
    const keys = ((kind && this.rule?.[kind]) ?? []).filter((key) => stated.has(key));
    // A sum is one thing: that of a sale where something is sold.
    return kind === 'sum' ? keys.slice(0, 1) : keys;
  }
}
