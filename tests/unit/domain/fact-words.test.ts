import { describe, expect, test } from 'vitest';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { everyOf } from '#src/domain/exhaustive.ts';
import { AMOUNT_KINDS, amountLabel } from '#src/domain/facts/fact-text.ts';
import { FACT_WORDS, factLabel, listFactWords } from '#src/domain/facts/fact-words.ts';
import { FACT_KEYS, FACTS, type FactKey, isFactOf, isStatedIn } from '#src/domain/facts/facts.ts';
import { DECIDING_FACTS, decidingFacts } from '#src/domain/notices/deciding-facts.ts';
import { listsBidders, STAGE_SLUGS, type Stage, stageDefinition, stagesOf } from '#src/domain/stages.ts';
import { labelsOf } from '#src/publish/facts/labels.ts';
import { normaliseLabel } from '#src/publish/facts/normalise-label.ts';

/** Where bidders stand beside each other, what each of them is and bids has a word too. */
const isOfBidders = (key: FactKey, stage: Stage) =>
  listsBidders(stage) && (key === 'supplier' || key === 'awardAmount');

/** Every kind of notice with every fact that it can state. */
const CASES = CATEGORY_SLUGS.flatMap((category) =>
  stagesOf(category).flatMap((stage) =>
    FACT_KEYS.filter(
      (key) => isFactOf(key, category) && (isStatedIn(key, stageDefinition(stage).phase) || isOfBidders(key, stage)),
    ).map((key) => ({
      category,
      stage,
      key,
      word: factLabel(key, category, stage),
    })),
  ),
);

/** Lists have headings, not labels, and bidders stand in columns. */
const LISTS: ReadonlySet<FactKey> = new Set(['lots', 'candidates', 'bids', 'parcels']);

/** A lot that is sold is what is sold: its name and code are the deal's. */
const isIdentity = (key: FactKey) => FACTS[key].weight === 'identity';

describe('what facts are called', () => {
  test('every word is one by which the reading knows the fact in just that kind of notice', () => {
    const unknown = CASES.filter(({ key, category, stage, word }) => {
      if (LISTS.has(key) || listsBidders(stage)) return false;
      const known = labelsOf(category, stage).factsOf(normaliseLabel(word));
      return !known.some((found) => found.key === key || (isIdentity(key) && isIdentity(found.key)));
    }).map(({ category, stage, key, word }) => `${category} ${stage} ${key}: ${word}`);
    expect(unknown).toEqual([]);
  });

  test('every word of the table is used by some kind of notice, and every row is of its category', () => {
    const used = new Set(CASES.map(({ category, key, word }) => `${category} ${key} ${word}`));
    const idle = CATEGORY_SLUGS.flatMap((category) =>
      (Object.keys(FACT_WORDS[category]) as FactKey[]).flatMap((key) => {
        const words = FACT_WORDS[category][key] ?? '';
        return Object.values(typeof words === 'string' ? { words } : words)
          .filter((word) => isFactOf(key, category) && !used.has(`${category} ${key} ${word}`))
          .map((word) => `${category} ${key} ${word}`);
      }),
    );
    expect(idle).toEqual([]);
  });

  test('candidates have won nothing: no word of theirs says so', () => {
    const won = CASES.filter(({ stage, word }) => listsBidders(stage) && /^(?:中标|成交)(?!.*候选)/.test(word));
    expect(won).toEqual([]);
  });

  test('公告期限 is how long a notice stands, 公示期 is for objections', () => {
    const word = (category: Category, stage: Stage) => factLabel('publicityPeriod', category, stage);
    expect(word('procurement', 'tenderNotice')).toBe('公告期限');
    expect(word('procurement', 'awardNotice')).toBe('公告期限');
    expect(word('medical', 'singleSourceNotice')).toBe('公示期限');
    for (const category of CATEGORY_SLUGS) {
      for (const stage of stagesOf(category).filter((one) => stageDefinition(one).effect === 'proposes'))
        expect(word(category, stage)).toBe('公示期');
    }
    expect(word('land', 'landDealNotice')).toBe('公示期');
    expect(word('construction', 'tenderNotice')).toBe('公告期限');
  });

  test.each<[FactKey, Category, Stage, string]>([
    ['ceilingPrice', 'construction', 'tenderNotice', '招标控制价'],
    ['ceilingPrice', 'procurement', 'tenderNotice', '最高限价'],
    ['budget', 'construction', 'tenderNotice', '合同估算价'],
    ['budget', 'construction', 'tenderPlan', '投资估算'],
    ['budget', 'procurement', 'procurementIntention', '预算金额'],
    ['contractPeriod', 'construction', 'awardNotice', '工期'],
    ['contractPeriod', 'procurement', 'contractNotice', '合同履行期限'],
    ['contractPeriod', 'medical', 'tenderNotice', '交货期'],
    ['supplier', 'construction', 'awardNotice', '中标人'],
    ['supplier', 'construction', 'candidateNotice', '中标候选人'],
    ['supplier', 'procurement', 'awardNotice', '中标（成交）供应商'],
    ['supplier', 'general', 'awardNotice', '成交人'],
    ['supplier', 'land', 'landDealNotice', '竞得人'],
    ['supplier', 'land', 'landResult', '受让人'],
    ['supplier', 'property', 'propertyDeal', '受让方'],
    ['startPrice', 'land', 'landOffering', '出让起始价'],
    ['dealPrice', 'land', 'landDealNotice', '成交价'],
    ['listingPrice', 'property', 'propertyListing', '挂牌价'],
    ['deposit', 'land', 'landOffering', '竞买保证金'],
    ['deposit', 'construction', 'tenderNotice', '投标保证金'],
    ['deadline', 'construction', 'tenderNotice', '投标截止时间'],
    ['deadline', 'land', 'landOffering', '挂牌截止时间'],
    ['terminationReason', 'procurement', 'failureNotice', '流标（废标）原因'],
  ])('%s of %s %s is %s', (key, category, stage, word) => expect(factLabel(key, category, stage)).toBe(word));

  test('amounts are called what their fact is', () => {
    expect(amountLabel('ceiling', 'construction', 'tenderNotice')).toBe('招标控制价');
    expect(amountLabel('start', 'property', 'propertyListing')).toBe('挂牌价');
    expect(amountLabel('bid', 'construction', 'candidateNotice')).toBe('投标报价');
    expect(amountLabel(null, 'land')).toBe('金额');
    for (const kind of AMOUNT_KINDS)
      for (const category of CATEGORY_SLUGS) expect(amountLabel(kind, category)).toMatch(/\p{Script=Han}{2}/u);
  });

  test('the API names every word', () => {
    expect(listFactWords('ceilingPrice')).toEqual(expect.arrayContaining(['招标控制价', '最高限价']));
    for (const key of FACT_KEYS) expect(listFactWords(key)[0]).toBe(FACTS[key].label);
    for (const { key, word } of CASES) expect(listFactWords(key)).toContain(word);
  });
});

describe('the five facts that a bidder decides by', () => {
  test('stand in the table for every stage of every category, and for no other', () => {
    for (const category of CATEGORY_SLUGS) {
      const named = STAGE_SLUGS.filter((stage) => DECIDING_FACTS[category][stage]);
      expect(named, category).toEqual(stagesOf(category));
    }
  });

  test('are facts that such a notice can state, none of them twice', () => {
    for (const category of CATEGORY_SLUGS) {
      for (const stage of stagesOf(category)) {
        const { phase } = stageDefinition(stage);
        const five = decidingFacts(category, stage);
        expect(five).toHaveLength(5);
        const keys = five.flat();
        expect(new Set(keys).size, `${category} ${stage}`).toBe(keys.length);
        for (const choice of five) {
          const stated = [choice].flat().filter((key) => isFactOf(key, category) && isStatedIn(key, phase));
          expect(stated, `${category} ${stage} ${choice}`).not.toEqual([]);
        }
        const words = five.map((choice) => factLabel([choice].flat()[0] as FactKey, category, stage));
        expect(new Set(words).size, `${category} ${stage}: ${words}`).toBe(5);
      }
    }
  });

  test('begin with the deadline while bids can be made, where the stage states one', () => {
    const CALLS = everyOf<
      'tenderNotice' | 'prequalificationNotice' | 'landOffering' | 'miningOffering' | 'propertyListing'
    >()(['tenderNotice', 'prequalificationNotice', 'landOffering', 'miningOffering', 'propertyListing']);
    for (const category of CATEGORY_SLUGS)
      for (const stage of CALLS)
        if (stagesOf(category).includes(stage)) expect(decidingFacts(category, stage)[0]).toBe('deadline');
  });
});
