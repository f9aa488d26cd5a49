import { describe, expect, test } from 'vitest';
import type { Facts } from '#src/domain/facts/facts.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { prepareNotice } from '#src/publish/prepare/prepare.ts';
import { cleanNotice } from '#src/publish/redaction/clean.ts';

const IDENTITY = { sourceKey: 'console-qufu', publishedBy: 'qufu' } as const;
const FACTS: Facts = {
  projectName: { text: '某某道路工程' },
  buyer: { text: '曲阜市某某局' },
  budget: { text: '1,200,000.00 元', fen: 120_000_000 },
  deadline: { text: '2026-07-01 09:30', instant: '2026-07-01T01:30:00.000Z', precision: 'minute' },
};
const draft = (given: Partial<NoticeDraft>): NoticeDraft => ({
  sourceItemId: '1',
  column: { code: 'console' },
  mapping: { category: 'construction', stage: 'tenderNotice' },
  title: '某某道路工程招标公告',
  rawTitle: '某某道路工程招标公告',
  published: { raw: '2026-06-01T01:00:00.000Z', field: 'publishedAt' },
  ownCounty: true,
  attachments: [],
  fields: {},
  extra: {},
  bodyHtml: '<p>招标人：邹城市交通运输局</p><p>预算金额：9999 万元</p><p>投标截止时间：2027年1月1日 10:00</p>',
  facts: FACTS,
  ...given,
});
const prepare = (given: Partial<NoticeDraft>) =>
  prepareNotice(draft(given), IDENTITY, Date.parse('2026-06-01T02:00:00Z'));

describe('facts that were given as such', () => {
  test('count as given, whatever the words of the body say', () => {
    const { reading, content } = prepare({});
    expect(content.facts).toEqual(FACTS);
    expect(reading).toMatchObject({
      facts: FACTS,
      buyer: '曲阜市某某局',
      amountFen: 120_000_000,
      amountKind: 'budget',
      deadlineAt: '2026-07-01T01:30:00.000Z',
    });
    expect(Object.keys(reading.facts)).toEqual(['projectName', 'buyer', 'budget', 'deadline']);
  });

  test('leave nothing to be read out of words, even where none was given', () => {
    expect(prepare({ facts: {} }).reading).toMatchObject({ facts: {}, buyer: null, amountFen: null, deadlineAt: null });
    const { facts: _facts, ...read } = draft({});
    expect(prepareNotice(read, IDENTITY).reading.buyer).toBe('邹城市交通运输局');
  });

  test('keep the stage that was chosen, whatever the title says', () => {
    expect(prepare({ title: '某某道路工程更正公告' }).content.stage).toBe('tenderNotice');
  });

  test('are masked like everything else, in the version and where stored ones are cleaned again', () => {
    const facts: Facts = {
      supplier: { text: '张三 370881199001011235' },
      lots: { text: '1 项', entries: [{ supplier: { text: '手机 13812345678' } }] },
    };
    const { content } = prepare({ facts });
    expect(content.redacted).toBe(true);
    expect(JSON.stringify(content)).not.toMatch(/370881199001011235|13812345678/);
    const cleaned = cleanNotice({ ...content, facts });
    expect(cleaned.masked).toBeGreaterThan(0);
    expect(JSON.stringify(cleaned.content)).not.toMatch(/370881199001011235|13812345678/);
  });
});
