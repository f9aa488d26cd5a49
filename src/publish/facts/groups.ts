import { isDisposal, isGrant } from '#src/domain/categories.ts';
import type { EntryKey } from '#src/domain/facts/facts.ts';
import { listsBidders, type StagePhase } from '#src/domain/stages.ts';
import { type Piece, trimPiece } from './candidates.ts';
import { fitOf } from './cells.ts';
import type { Line } from './document.ts';
import { addValue, type EntryValue, type RawEntry } from './entries.ts';
import { findColumn, type Labels, tierOf } from './labels.ts';
import { isListed } from './list-columns.ts';
import { normaliseLabel, splitLot } from './normalise-label.ts';
import { isOrganization } from './parties.ts';
import { LOT_HEADED, LOT_NAME, RANKED } from './vocabulary/entries.ts';

/** Where a rank stands before a name without a colon: `第一名 甲公司`. */
const RANK_THEN_NAME =
  /^(第[一二三四五六七八九十\d]{1,2}(?:名|(?:中标|成交|中选|推荐)*候选(?:人|供应商)))[\s.．、:：]+(\S{4,60})/;

/** The number of an item before a lot's name: `1.第1包`. */
const NUMBER = /^(?:\d{1,2}[、.．]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]、)\s*(?=\D|第)/;

/** Labelled values that belong to one bidder, lot or parcel: a label that comes again begins the next one. */
export class Groups {
  readonly entries: RawEntry[] = [];
  readonly #labels: Labels;
  readonly #isBidders: boolean;
  readonly #anchors: ReadonlySet<EntryKey>;
  #current: RawEntry | undefined;
  #seen = new Set<string>();

  constructor(labels: Labels) {
    this.#labels = labels;
    this.#isBidders = listsBidders(labels.stage);
    this.#anchors = new Set(anchorsOf(labels));
  }

  /** A line without labels may head a group: `第一中标候选人`, `标项一`. True when it does. */
  heading({ text, at }: Line, isLabelled: boolean): boolean {
    const named = this.#isBidders ? RANK_THEN_NAME.exec(text) : undefined;
    if (named?.[1] && named[2] && isOrganization(named[2])) {
      this.#begin('rank', named[1], { text: named[1], at });
      this.#add('supplier', named[1], {
        text: named[2],
        at: at + named[1].length + text.slice(named[1].length).search(/\p{Script=Han}/u),
      });
      return true;
    }
    if (isLabelled) return false;
    const word = normaliseLabel(text);
    if (this.#isBidders && text.length <= 20 && RANKED.test(word)) return this.#begin('rank', text, { text: word, at });
    const lot = text.length <= 24 && this.#anchors.has('lot') ? headedLot(text) : undefined;
    if (lot && !/[。；]/.test(text)) return this.#begin('lot', '标段', { text: lot, at });
    return false;
  }

  /** The lot that the present group names. */
  get part(): string | undefined {
    return this.#current?.values.get('lot')?.text;
  }

  /** The bidder or rank that the present group names, where bidders are listed. */
  get bidder(): string | undefined {
    const values = this.#isBidders ? this.#current?.values : undefined;
    return (values?.get('supplier') ?? values?.get('rank'))?.text;
  }

  /** The lot that the present group names, as its own value. */
  get lot(): EntryValue | undefined {
    return this.#current?.values.get('lot');
  }

  /** What comes belongs to no group any more. */
  end(): void {
    this.#current = undefined;
    this.#seen = new Set();
  }

  /** Adds what the words behind a lot's name tell of it: `标项一：冷链车，预算金额5元`. */
  tell(key: EntryKey, value: EntryValue): void {
    if (this.#current && isListed(key, this.#labels)) addValue(this.#current, key, value);
  }

  /** Takes a value into its group. True when the value is that of one of several. */
  take(label: string, value: Piece): boolean {
    if (this.#anchors.size === 0) return false;
    const word = normaliseLabel(label);
    const piece = trimPiece(value);
    if (this.#isBidders && RANKED.test(word)) {
      this.#begin('rank', label, { text: word });
      if (fitOf('supplier', piece.text) > 0 || /公司|院|中心/.test(piece.text)) this.#add('supplier', label, piece);
      return true;
    }
    if (this.#anchors.has('lot') && isLotName(label)) {
      this.#begin('lot', '标段', {
        text: label.trim().replace(NUMBER, ''),
        ...(value.at === undefined ? {} : { at: value.at }),
      });
      if (fitOf('supplier', piece.text) >= 1) this.#add('supplier', label, piece);
      return true;
    }
    const named = this.#anchors.has('lot') ? splitLot(word) : undefined;
    if (named && findColumn(named.label, this.#labels)) return this.#takeOfLot(label, named, piece);
    const key = findColumn(label, this.#labels) ?? this.#general(word);
    // Why bids were rejected is told of others than those listed above it, but in a table.
    if (!key || key === 'rejectionReason' || piece.text === '' || !isListed(key, this.#labels)) return false;
    if (this.#anchors.has(key) && (!this.#current || this.#seen.has(word))) this.#begin(key, label, piece);
    else if (this.#current) this.#add(key, label, piece);
    this.#seen.add(word);
    return this.#current !== undefined && (this.#isBidders || !this.#isOwn(key));
  }

  /** `包1供应商名称：甲`, `包1中标金额：5元`: labels that name the lot themselves. */
  #takeOfLot(label: string, { lot, label: word }: { lot: string; label: string }, piece: Piece): boolean {
    const key = findColumn(word, this.#labels);
    if (!key || piece.text === '' || !isListed(key, this.#labels)) return false;
    if (this.part !== lot)
      this.#begin('lot', '标段', { text: lot, ...(piece.at === undefined ? {} : { at: piece.at }) });
    this.#add(key, label, piece);
    return true;
  }

  /** A code or name of the lot that the notice is about is its own until a second one comes. */
  #isOwn(key: EntryKey): boolean {
    return key === 'lot' || key === 'lotCode' || key === 'lotName' || key === 'parcelNo';
  }

  #general(word: string): EntryKey | undefined {
    return /^(?:单位|企业|供应商)?名称$/.test(word) && this.#current && this.#anchors.has('supplier')
      ? 'supplier'
      : undefined;
  }

  #begin(key: EntryKey, label: string, piece: Piece): true {
    this.#current = { values: new Map(), rule: 'line' };
    this.#seen = new Set();
    addValue(this.#current, key, { ...piece, label });
    this.entries.push(this.#current);
    return true;
  }

  #add(key: EntryKey, label: string, piece: Piece): void {
    if (this.#current) addValue(this.#current, key, { ...piece, label, tier: tierOf(label, key, this.#labels) });
  }
}

/** The lot that a heading names: alone, or with what is told of it. */
function headedLot(text: string): string | undefined {
  const bare = text.replace(NUMBER, '').replace(/^[（(【]|[）)】]$/g, '');
  return (LOT_NAME.exec(bare)?.[0] ?? LOT_HEADED.exec(bare.trim())?.[1])?.trim();
}

/** Is the whole text a lot's name: `第1包`, `标项一`? */
export function isLotName(text: string): boolean {
  const bare = text.trim().replace(NUMBER, '');
  return bare.length <= 8 && LOT_NAME.exec(bare)?.[0].length === bare.length;
}

const LOT_ANCHORS: Record<StagePhase, readonly EntryKey[]> = {
  planning: ['lot'],
  tender: ['lot'],
  opening: [],
  award: ['lot', 'supplier'],
  contract: [],
  performance: [],
  ended: [],
  decision: [],
};

/** What groups begin with in a notice of this kind. */
function anchorsOf({ stage, category, phase }: Labels): readonly EntryKey[] {
  if (listsBidders(stage)) return ['supplier', 'lot'];
  if (isGrant(category)) return ['parcelNo'];
  return isDisposal(category) ? [] : LOT_ANCHORS[phase];
}
