import type { FactRule } from '#src/domain/facts/fact-evidence.ts';
import type { FactKey } from '#src/domain/facts/facts.ts';
import { type Candidate, candidatesOf, type Piece, trimPiece } from './candidates.ts';
import { fitOf } from './cells.ts';
import type { Block, Line } from './document.ts';
import type { RawEntry } from './entries.ts';
import { labelledByLine } from './flattened.ts';
import { isForeignTable } from './foreign.ts';
import { Groups, isLotName } from './groups.ts';
import type { Header } from './headers.ts';
import { findColumn, findLabel, isAnyLabel, type Labels } from './labels.ts';
import { blankLabelled, bracketedCodes, type Labelled, labelledValues } from './lines.ts';
import { normaliseLabel } from './normalise-label.ts';
import { readRecord } from './record-values.ts';
import { joinLines, sharedCells } from './records.ts';
import { type Heading, headingOf, levelOf, SECTION_TIER, Sections } from './sections.ts';
import { candidatesInSentences, readSentences } from './sentences.ts';
import { readTable, type TableEvent, type TableRecord } from './table.ts';
import { CONTACT_OF, RANKED } from './vocabulary/entries.ts';

/** Everything that a body says, not yet judged. */
export interface Collected {
  candidates: Candidate[];
  entries: RawEntry[];
  /** Labels and headers that look like such and that nothing knows. */
  unknown: string[];
}

/** Behind labels that stand among the notice's own facts. */
const FOREIGN_TIER = 60;
/** Labels of what somebody did before: `投标人业绩：…`. */
const PAST = /业绩|类似项目|获奖|奖项/;

/** Reads blocks in order: lines under their headings, tables under what stands above them. */
export function collect(blocks: readonly Block[], labels: Labels): Collected {
  const collector = new Collector(labels);
  collector.readAll(blocks);
  return collector.collected;
}

class Collector {
  readonly collected: Collected = { candidates: [], entries: [], unknown: [] };
  readonly #labels: Labels;
  readonly #groups: Groups;
  readonly #sections = new Sections();
  /** Lines that tell facts of this notice, for whole sentences. */
  readonly #told: Line[] = [];
  #unit: string | undefined;
  #open: Header | undefined;

  constructor(labels: Labels) {
    this.#labels = labels;
    this.#groups = new Groups(labels);
  }

  readAll(blocks: readonly Block[]): void {
    for (let index = 0; index < blocks.length; ) {
      const block = blocks[index];
      if (!block) break;
      if (block.kind === 'line') {
        const next = blocks[index + 1];
        index += this.#readLine(block, next?.kind === 'line' ? next : undefined);
        this.#unit = unitIn(block.text) ?? undefined;
        this.#open = undefined;
      } else {
        const { events, open } = readTable(block, this.#labels, this.#unit, this.#open);
        this.#readEvents(events);
        this.#open = open;
        this.#unit = undefined;
        index += 1;
      }
    }
    this.collected.candidates.push(...readSentences(this.#told, this.#labels));
    this.collected.entries.push(
      ...this.#groups.entries,
      ...candidatesInSentences(this.#told, this.#labels, this.#groups.entries),
    );
  }

  #readEvents(told: readonly TableEvent[]): void {
    const events = joinLines(told);
    const shared = sharedCells(events);
    for (const event of events) {
      if (event.kind === 'pair') this.#state(event.label, event.value, 'pair');
      else if (event.kind === 'change') this.#add(candidatesOf(event.label, event.value, this.#labels, 'change'));
      else if (event.kind === 'record') this.#readRecord(event, shared);
      else
        for (let at = 0; at < event.lines.length; ) {
          const line = event.lines[at];
          if (!line) break;
          at += this.#readLine(line, event.lines[at + 1]);
        }
    }
  }

  /** Reads a line; the number of lines that it took. */
  #readLine(line: Line, next: Line | undefined): number {
    const heading = headingOf(line.text);
    if (heading) this.#enter(heading);
    const found = labelledValues(line, this.#labels);
    if (!heading || heading.level > 2) this.#leave(line, found);
    if (!this.#sections.isForeign) this.#told.push(line);
    if (next && line.text.length <= 40 && this.#readBelow(line, heading, next)) return 2;
    const isEmpty = found.length === 1 && found[0]?.value.text.trim() === '';
    if (!this.#sections.isPast) this.#groups.heading(line, found.length > 0 && !isEmpty);
    for (const { label, value } of blankLabelled(line, this.#labels)) this.#state(label, value, 'line');
    for (const { label, value } of found) this.#state(label, value, 'line');
    if (!this.#sections.isForeign) this.#add(bracketedCodes(line, this.#labels));
    return 1;
  }

  /** A numbered line ends the headings of its level; a label of the notice's own ends a plain one. */
  #leave(line: Line, found: readonly Labelled[]): void {
    const level = levelOf(line.text);
    if (level !== undefined && found.length > 0) this.#sections.leave(level);
    for (const { label } of found) {
      const isRank = RANKED.test(normaliseLabel(label));
      if (isRank || findLabel(label, this.#labels))
        this.#sections.endPlain(isRank || findColumn(label, this.#labels) === 'supplier');
    }
    if (found.length > 0 || line.text.length > 30) return;
    const isBidder = RANKED.test(normaliseLabel(line.text)) || findColumn(line.text, this.#labels) === 'supplier';
    if (isBidder && (this.#sections.isPast || RANKED.test(normaliseLabel(line.text)))) this.#sections.endPlain(true);
  }

  #enter(heading: Heading): void {
    this.#sections.enter(heading);
    if (heading.level === 0 || this.#sections.isOfParty) this.#groups.end();
  }

  /** A heading that is a label itself, with its value on the line below. True when it is one. */
  #readBelow(line: Line, heading: Heading | undefined, next: Line): boolean {
    if (!heading) return this.#readByLine(line, next);
    const { rule } = this.#sections;
    if (heading.level < 3 && rule?.whole && rule.heading.test(heading.text) && !headingOf(next.text)?.text) {
      this.#addKeys([rule.whole], heading.text, next, 'section', SECTION_TIER);
    }
    const isMoment = rule?.time && rule.heading.test(heading.text) && /^\s*(?:19|20)\d{2}/.test(next.text);
    if (isMoment) this.#addKeys(rule.time ?? [], heading.text, next, 'section', SECTION_TIER);
    if (heading.level === 3) return this.#readByLine(line, next);
    if (this.#isBelow(heading.text, next)) {
      const read = candidatesOf(heading.text, next, this.#labels, 'section');
      this.#add(read.map((candidate) => ({ ...candidate, tier: candidate.tier + SECTION_TIER })));
    }
    return false;
  }

  /** A label on a line of its own, with its value on the next. */
  #readByLine(line: Line, next: Line): boolean {
    if (!this.#isBelow(line.text, next)) return false;
    this.#state(line.text, next, 'line');
    return true;
  }

  #isBelow(label: string, next: Line): boolean {
    if (!labelledByLine(label, next.text, this.#labels)) return false;
    return !labelledValues(next, this.#labels).some(({ label: other }) => findLabel(other, this.#labels));
  }

  /** A label and its value, wherever they stand. */
  #state(label: string, value: Piece, rule: FactRule): void {
    if (this.#sections.isPast || PAST.test(label)) return;
    const word = normaliseLabel(label);
    if (CONTACT_OF.test(word)) this.#stateContact(word, value, rule);
    else if (this.#sections.isForeign) this.#stateForeign(label, value, rule);
    else this.#stateOwn(label, word, value, rule);
  }

  #stateOwn(label: string, word: string, value: Piece, rule: FactRule): void {
    if (/保证金/.test(word)) this.#readDeposit(value);
    const isPart = this.#groups.take(label, value);
    const { part, bidder } = this.#groups;
    if (isPart && isLotName(label) && fitOf('supplier', value.text) >= 1 && this.#labels.phase === 'award')
      this.#addKeys(['supplier'], label, value, rule, 0);
    if (isPart && isLotName(label)) this.#readLotWords(value);
    const read = candidatesOf(label, value, this.#labels, rule);
    this.#add(
      isPart
        ? read.map((candidate) => ({ ...candidate, isPart, ...(part ? { part } : {}), ...(bidder ? { bidder } : {}) }))
        : read,
    );
    if (read.length > 0) return;
    const keys = this.#sections.explain(word, this.#labels.keys);
    this.#addKeys(keys, label, value, 'section', SECTION_TIER);
    if (keys.length === 0) this.#note(label, word);
  }

  /** `标项一：冷链车，预算金额5元，最高限价4元`: the sums stand in the words behind the lot's name. */
  #readLotWords({ text, at }: Piece): void {
    if (at === undefined || text.length > 500) return;
    for (const { key, value, at: place } of readSentences([{ text, at }], this.#labels))
      if (key === 'budget' || key === 'ceilingPrice' || key === 'awardAmount')
        this.#groups.tell(key, { text: value, label: '', ...(place === undefined ? {} : { at: place }) });
  }

  /** Who buys and who acts for him is said by name even below headings of other things. */
  #stateForeign(label: string, value: Piece, rule: FactRule): void {
    const read = candidatesOf(label, value, this.#labels, rule);
    const named = read.filter(({ key, tier }) => tier === 0 && (key === 'buyer' || key === 'agency'));
    this.#add(named.map((candidate) => ({ ...candidate, tier: FOREIGN_TIER })));
  }

  /** `招标代理机构联系人及电话：甲公司 1527…`: the party stands before its telephone. */
  #stateContact(word: string, value: Piece, rule: FactRule): void {
    const role = word.replace(CONTACT_OF, '');
    const found = findLabel(role, this.#labels);
    for (const { key, tier } of found?.known ?? []) this.#addKeys([key], role, value, rule, tier + 30);
  }

  /** `保证金及处置方式：1.缴纳：金额5万元，…`: the sum stands in the words behind the label. */
  #readDeposit({ text, at }: Piece): void {
    if (at === undefined || text.length > 2_000) return;
    const prefix = '保证金：';
    const told = { text: prefix + text.replace(/\n/g, ' '), at: at - prefix.length };
    const read = readSentences([told], this.#labels).filter(({ key }) => key === 'deposit');
    this.#add(read.map((candidate) => ({ ...candidate, tier: FOREIGN_TIER })));
  }

  #addKeys(keys: readonly FactKey[], label: string, piece: Piece, rule: FactRule, tier: number): void {
    const { text, at } = trimPiece(piece);
    if (text === '') return;
    for (const key of keys) {
      if (!this.#labels.keys.has(key)) continue;
      this.#add([{ key, tier, label, value: text, rule, ...(at === undefined ? {} : { at }) }]);
    }
  }

  #add(candidates: readonly Candidate[]): void {
    this.collected.candidates.push(...candidates);
  }

  #note(label: string, word: string): void {
    if (word.length >= 2 && word.length <= 20 && !isAnyLabel(word) && !RANKED.test(word))
      this.collected.unknown.push(label.trim());
  }

  #readRecord(record: TableRecord, shared: ReadonlySet<string>): void {
    if (this.#sections.isForeign || isForeignTable(record.headers, this.#labels)) return;
    for (const { label } of record.cells) this.#note(label, normaliseLabel(label));
    const { candidates, entry } = readRecord(record, shared, this.#groups.lot, this.#labels);
    this.#add(candidates);
    if (entry) this.collected.entries.push(entry);
  }
}

/** The unit that a line above a table states for its amounts: `单位：万元`. */
function unitIn(text: string): string | undefined {
  return text.length > 80 ? undefined : /单位\s*[:：]\s*(?:人民币)?\s*([万亿]?元)\s*[）)]?\s*$/.exec(text)?.[1];
}
