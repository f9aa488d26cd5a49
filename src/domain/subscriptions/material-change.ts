import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import { everyOf } from '../exhaustive.ts';
import { formatFactMoment } from '../facts/fact-text.ts';
import { factLabel } from '../facts/fact-words.ts';
import { FACT_KEYS, FACTS, type FactKey, type Facts } from '../facts/facts.ts';
import { formatYuan } from '../money/money.ts';
import { listFactChanges } from '../notices/correction.ts';
import { stageLabel } from '../notices/stage-label.ts';
import type { Stage } from '../stages.ts';

/** What of a notice's version a reader acts upon. Everything else (layout, wording, links) is cosmetic. */
export interface MaterialContent {
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  facts: Facts;
  /** Names of the attachments. */
  attachments: readonly string[];
}

/** A change worth telling: what it is of, and the old and the new value in words. */
export interface MaterialChange {
  label: string;
  before: string;
  after: string;
}

type ListFact = { [Each in FactKey]: (typeof FACTS)[Each]['weight'] extends 'list' ? Each : never }[FactKey];
/** Lists that decide who wins. */
const LISTS = everyOf<ListFact>()(['candidates', 'bids', 'lots', 'parcels']);
const NONE = '（无）';

/**
 * What is different materially between two versions of a notice, in the order in which readers want to know it: moved
 * times, other facts, lists, attachments, title. Empty for a cosmetic change, of which nobody is told.
 */
export function listMaterialChanges(before: MaterialContent, after: MaterialContent): MaterialChange[] {
  const changes = [
    ...listFactChanges(before.facts, after.facts).map(({ key }) => key),
    ...FACT_KEYS.filter(
      (key) => FACTS[key].weight === 'decisive' && Boolean(before.facts[key]) !== Boolean(after.facts[key]),
    ),
  ].map((key) => ({
    label: factLabel(key, after.category, after.stage),
    before: describeFact(before.facts, key),
    after: describeFact(after.facts, key),
  }));
  return [...changes, ...listChangedLists(before, after), ...listChangedLabels(before, after)];
}

/** Rows of candidates, bids, lots or parcels; both versions must have the list: a list found for the first time is read better. */
function listChangedLists(before: MaterialContent, after: MaterialContent): MaterialChange[] {
  return LISTS.flatMap((key) => {
    const [old, now] = [before.facts[key]?.entries, after.facts[key]?.entries];
    if (!old || !now || rowsOf(old) === rowsOf(now)) return [];
    return [
      {
        label: factLabel(key, after.category, after.stage),
        before: `${old.length} 项`,
        after: `${now.length} 项（内容有变）`,
      },
    ];
  });
}

const rowsOf = (entries: readonly Record<string, { text: string }>[]) =>
  entries
    .map((entry) =>
      Object.values(entry)
        .map(({ text }) => plain(text))
        .join('|'),
    )
    .join('\n');

function listChangedLabels(before: MaterialContent, after: MaterialContent): MaterialChange[] {
  const added = after.attachments.filter((name) => !before.attachments.includes(name));
  const pairs: [label: string, before: string, after: string][] = [
    ['环节', stageLabel(before.stage, before.category), stageLabel(after.stage, after.category)],
    ['新附件', '', added.join('、')],
    ['标题', before.title, after.title],
  ];
  return pairs.flatMap(([label, before, after]) =>
    plain(before) === plain(after) ? [] : [{ label, before: before || NONE, after: after || NONE }],
  );
}

function describeFact(facts: Facts, key: FactKey): string {
  const fact = facts[key];
  if (!fact) return NONE;
  return formatFactMoment(fact) ?? (fact.fen === undefined ? fact.text : formatYuan(fact.fen));
}

/** Words without what typesetting changes. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
}
