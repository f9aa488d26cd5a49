import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { fromFacts, toBeginning } from '#src/domain/drafts/begin-from.ts';
import { DRAFT_CONTENT, emptyContent } from '#src/domain/drafts/content.ts';
import { contentFaults } from '#src/domain/drafts/faults.ts';
import { fillForm, keepKnown } from '#src/domain/drafts/form/check.ts';
import type { FieldKey } from '#src/domain/drafts/form/fields.ts';
import { fieldsOf, formOf } from '#src/domain/drafts/form/forms.ts';
import { toFormHtml } from '#src/domain/drafts/form/html.ts';
import { checkLimits } from '#src/domain/drafts/form/limits.ts';
import { toDraftNotice } from '#src/domain/drafts/form/notice.ts';
import { formatRule } from '#src/domain/drafts/form/rules.ts';
import { toFields, toValues } from '#src/domain/drafts/form/values.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { type Stage, stagesOf } from '#src/domain/stages.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { fillValues } from '#tests/support/filled-form.ts';

const PAIRS = CATEGORY_SLUGS.flatMap((category) => stagesOf(category).map((stage) => [category, stage] as const));
const calendar = createWorkingCalendar();

describe('every category and stage has a form', () => {
  test.each(PAIRS)('%s %s', (category, stage) => {
    const form = formOf(category, stage);
    const fields = fieldsOf(form);
    const keys = fields.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(fields.filter(({ required }) => required).length).toBeGreaterThan(0);
    for (const { key, label, kind, rule, help, options, columns } of fields) {
      expect(label, key).not.toBe('');
      expect(formatRule(rule), key).not.toBe('');
      expect(help || ['day', 'text'].includes(kind), `help of ${key}`).toBeTruthy();
      if (kind === 'choice') expect(options?.length, key).toBeGreaterThan(1);
      if (kind === 'rows')
        expect(
          columns?.some(({ required }) => required),
          key,
        ).toBe(true);
    }
  });

  test.each(PAIRS)('%s %s filled in whole has no fault, and its facts are typed', (category, stage) => {
    const form = formOf(category, stage);
    for (const which of ['all', 'required'] as const) {
      const filled = fillForm(form, fillValues(form, which));
      expect(filled.faults).toEqual([]);
      for (const { field } of filled.fields) {
        if (!field.fact || (which === 'required' && !field.required)) continue;
        const fact = filled.facts[field.fact];
        expect(fact, field.key).toBeDefined();
        if (field.kind === 'money') expect(fact?.fen).toBe(120_000_000);
        if (field.kind === 'instant') expect(fact?.instant).toBe('2026-07-01T01:30:00.000Z');
        if (field.kind === 'day') expect(fact?.precision).toBe('day');
        if (field.kind === 'area') expect(fact?.squareMetres).toBe(12_000);
        if (field.kind === 'rows') expect(fact?.entries).toHaveLength(1);
      }
    }
  });

  test.each(PAIRS)('%s %s left blank names each demanded field once, with its rule', (category, stage) => {
    const form = formOf(category, stage);
    const required = fieldsOf(form).filter((field) => field.required);
    const { faults } = fillForm(form, {});
    expect(faults.map(({ kind }) => kind)).toEqual(required.map(() => 'missing'));
    for (const [index, { label, rule }] of required.entries()) {
      expect(faults[index]?.message).toContain(label);
      expect(faults[index]?.message).toContain(formatRule(rule));
    }
  });

  test.each(PAIRS)('%s %s as text says everything, in HTML that the sanitizer leaves alone', (category, stage) => {
    const form = formOf(category, stage);
    const filled = fillForm(form, fillValues(form, 'all'));
    const html = toFormHtml(form, filled);
    const clean = sanitizeBody(html);
    expect(clean.html).toBe(html);
    for (const { field, value } of filled.fields) {
      expect(clean.text).toContain(field.label);
      for (const line of value?.text.split('\n') ?? []) expect(clean.text).toContain(line);
    }
  });
});

/** What the instruments list, by notice: 国家发展改革委令第10号 第五条、第六条; 财办库〔2020〕50号; 国土资源部令第39号 第九条; 第32号令. */
const DEMANDED: [Category, Stage, FieldKey[]][] = [
  [
    'construction',
    'tenderNotice',
    [
      'projectName',
      'overview',
      'scope',
      'fundingSource',
      'eligibility',
      'consortium',
      'documentPeriod',
      'documentMethod',
      'deadline',
      'submissionMethod',
      'buyer',
      'buyerAddress',
      'buyerContact',
      'buyerPhone',
    ],
  ],
  ['construction', 'candidateNotice', ['candidates', 'evaluation', 'qualificationResponse', 'objectionChannel']],
  ['construction', 'awardNotice', ['supplier']],
  ['procurement', 'procurementIntention', ['buyer', 'intentions']],
  [
    'procurement',
    'tenderNotice',
    [
      'projectCode',
      'projectName',
      'budget',
      'requirement',
      'contractPeriod',
      'consortium',
      'eligibility',
      'documentPeriod',
      'documentPlace',
      'documentMethod',
      'documentPrice',
      'deadline',
      'opening',
      'openingPlace',
      'publicityPeriod',
      'buyer',
      'buyerContact',
    ],
  ],
  [
    'procurement',
    'singleSourceNotice',
    [
      'buyer',
      'projectName',
      'requirement',
      'budget',
      'singleSourceReason',
      'intendedSupplier',
      'intendedAddress',
      'publicityPeriod',
      'financeContact',
      'expertOpinions',
    ],
  ],
  [
    'procurement',
    'awardNotice',
    [
      'projectCode',
      'projectName',
      'supplier',
      'supplierAddress',
      'awardAmount',
      'items',
      'experts',
      'agencyFee',
      'publicityPeriod',
      'buyer',
    ],
  ],
  [
    'procurement',
    'correctionNotice',
    ['projectCode', 'projectName', 'originalNoticeDate', 'correctedMatter', 'correctedContent', 'correctedOn', 'buyer'],
  ],
  ['procurement', 'terminationNotice', ['projectCode', 'projectName', 'terminationReason', 'buyer']],
  [
    'procurement',
    'contractNotice',
    [
      'contractCode',
      'contractName',
      'projectCode',
      'projectName',
      'buyer',
      'supplier',
      'contractContent',
      'contractAmount',
      'contractPeriod',
      'location',
      'contractDate',
    ],
  ],
  [
    'procurement',
    'acceptanceNotice',
    [
      'contractCode',
      'contractName',
      'projectCode',
      'projectName',
      'buyer',
      'supplier',
      'acceptanceOn',
      'acceptanceGroup',
      'acceptanceOpinion',
    ],
  ],
  [
    'procurement',
    'complaintDecision',
    ['caseNumber', 'parties', 'caseFacts', 'caseBasis', 'decision', 'authority', 'decidedOn'],
  ],
  [
    'land',
    'landOffering',
    [
      'buyer',
      'buyerAddress',
      'parcelNo',
      'landArea',
      'parcelState',
      'grantTerm',
      'landUse',
      'planning',
      'eligibility',
      'documentPeriod',
      'documentMethod',
      'bidding',
      'winnerRule',
      'deposit',
    ],
  ],
  ['land', 'landDealNotice', ['parcelNo', 'landArea', 'landUse', 'grantTerm', 'location', 'dealPrice', 'supplier']],
  ['mining', 'miningOffering', ['miningRight', 'bidding', 'eligibility', 'miningRights']],
  [
    'property',
    'propertyListing',
    [
      'objectState',
      'shareholders',
      'approvals',
      'auditFigures',
      'buyerConditions',
      'dealTerms',
      'listingPrice',
      'preemption',
      'procurementMethod',
      'winnerRule',
    ],
  ],
  [
    'property',
    'propertyPreDisclosure',
    ['objectState', 'shareholders', 'approvals', 'auditFigures', 'buyerConditions'],
  ],
  ['property', 'propertyDeal', ['projectName', 'appraisedValue', 'listingPrice', 'dealPrice']],
];
test.each(DEMANDED)('%s %s demands what its instrument lists', (category, stage, keys) => {
  const required = fieldsOf(formOf(category, stage)).filter((field) => field.required);
  expect(required.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
});

describe('what is typed', () => {
  const form = formOf('procurement', 'tenderNotice');
  const faultsAt = (values: Record<string, string>, name: string) =>
    fillForm(form, values)
      .faults.filter((fault) => fault.name === name)
      .map(({ message }) => message);

  test.each([
    ['budget', '约 500 万'],
    ['budget', '12.345 元'],
    ['deadline', '2026-13-01 09:00'],
    ['deadline', '2026-12-01'],
    ['procurementMethod', '关系标'],
    ['buyer.uscc', '91370881MA3C4KXY60'],
    ['documentPeriod.to', '2026-01-01T00:00'],
    ['location.county', 'beijing'],
  ])('%s does not take %s, and says so at the input', (name, value) => {
    const values = { ...fillValues(form, 'required'), 'buyer.uscc': '', location: '某路', 'location.county': 'qufu' };
    expect(faultsAt(values, name)).toEqual([]);
    expect(faultsAt({ ...values, [name]: value }, name)).toHaveLength(1);
  });

  test('what contradicts itself is told', () => {
    const values = { ...fillValues(form, 'required'), opening: '2026-06-01T09:30', ceilingPrice: '130万' };
    expect(faultsAt(values, 'opening')).toHaveLength(1);
    expect(faultsAt(values, 'ceilingPrice')).toHaveLength(1);
  });

  test('what every row of a table says need not be said of the whole', () => {
    const award = formOf('procurement', 'awardNotice');
    const { supplier: _name, awardAmount: _price, ...rest } = fillValues(award, 'required');
    expect(fillForm(award, rest).faults.map(({ name }) => name)).toEqual(['supplier', 'awardAmount']);
    const lots = {
      'lots.0.lotCode': '1',
      'lots.0.supplier': '甲公司',
      'lots.0.awardAmount': '10万',
      'lots.3.lotCode': '2',
      'lots.3.supplier': '乙公司',
      'lots.3.awardAmount': '20万',
    };
    const filled = fillForm(award, { ...rest, ...lots });
    expect(filled.faults).toEqual([]);
    expect(filled.facts.supplier?.text).toBe('甲公司、乙公司');
    expect(filled.facts.lots?.entries?.map(({ awardAmount }) => awardAmount?.fen)).toEqual([10_000_000, 20_000_000]);
    const { 'lots.3.supplier': _gone, ...broken } = lots;
    expect(fillForm(award, { ...rest, ...broken }).faults[0]?.name).toBe('lots.3.supplier');
  });

  test('nothing that is typed makes reading fail, and what no form knows is not kept', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAIRS),
        fc.array(fc.tuple(fc.nat(40), fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 30 }),
        fc.dictionary(fc.string(), fc.string()),
        ([category, stage], typed, strange) => {
          const some = formOf(category, stage);
          const names = Object.keys(fillValues(some, 'all'));
          const values = {
            ...strange,
            ...Object.fromEntries(typed.map(([at, text]) => [names[at % names.length] ?? '', text])),
          };
          const kept = keepKnown(some, values);
          expect(Object.keys(kept).every((name) => name in values)).toBe(true);
          expect(keepKnown(some, kept)).toEqual(kept);
          const filled = fillForm(some, kept);
          const html = toFormHtml(some, filled);
          expect(sanitizeBody(html).html).not.toMatch(/<(?!\/?(?:h[1-6]|p|table|thead|tbody|tr|th|td|div)\b)/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('statutory limits', () => {
  const publishedAt = '2026-06-01T01:00:00.000Z';
  const limitsOf = (category: Category, stage: Stage, values: Record<string, string>) => {
    const form = formOf(category, stage);
    return checkLimits({ form, filled: fillForm(form, values), values, publishedAt, calendar });
  };

  test.each([
    ['construction', 'tenderNotice', { deadline: '2026-06-20T09:00' }, 'C-03', 'breached'],
    ['construction', 'tenderNotice', { deadline: '2026-06-21T09:00' }, 'C-03', 'met'],
    [
      'construction',
      'candidateNotice',
      { 'publicityPeriod.from': '2026-06-01', 'publicityPeriod.to': '2026-06-03' },
      'C-07',
      'breached',
    ],
    ['procurement', 'tenderNotice', { procurementMethod: '竞争性磋商', deadline: '2026-06-11T09:00' }, 'G-09', 'met'],
    ['procurement', 'tenderNotice', { procurementMethod: '询价', deadline: '2026-06-03T09:00' }, 'G-08', 'breached'],
    [
      'procurement',
      'tenderNotice',
      { procurementMethod: '公开招标', deadline: '2026-06-20T09:00' },
      'G-04',
      'breached',
    ],
    [
      'procurement',
      'singleSourceNotice',
      { 'publicityPeriod.from': '2026-06-01', 'publicityPeriod.to': '2026-06-08' },
      'G-07',
      'met',
    ],
    ['land', 'landOffering', { opening: '2026-06-20T09:00' }, 'L-01', 'breached'],
    [
      'property',
      'propertyListing',
      { projectName: '某公司股权转让', 'listingPeriod.from': '2026-06-01', 'listingPeriod.to': '2026-06-12' },
      'P-01',
      'breached',
    ],
    ['construction', 'tenderNotice', {}, 'C-03', 'unknown'],
  ] as const)('%s %s %j: %s %s', (category, stage, values, rule, state) => {
    expect(limitsOf(category, stage, values)).toMatchObject([{ rule, state }]);
  });

  test('no limit is made up where none is confirmed', () => {
    expect(limitsOf('mining', 'miningOffering', { deadline: '2026-06-02T09:00' })).toEqual([]);
    expect(limitsOf('medical', 'tenderNotice', { deadline: '2026-06-02T09:00' })).toEqual([]);
  });
});

describe('a draft keeps what was typed', () => {
  test.each(PAIRS)('%s %s: typed, and back in the inputs as it was read', (category, stage) => {
    const form = formOf(category, stage);
    const values = fillValues(form, 'all');
    const fields = toFields(form, values);
    expect(DRAFT_CONTENT.parse(emptyContent({ category, stage, fields })).fields).toEqual(fields);
    const again = toValues(fields);
    expect(fillForm(form, again)).toEqual(fillForm(form, values));
    expect(toFields(form, again)).toEqual(fields);
    for (const { key, kind } of fieldsOf(form))
      if (kind === 'money') expect(fields[key]).toEqual({ kind: 'money', fen: 120_000_000 });
  });

  test('what cannot be read yet stays in the words in which it was typed, and is still a fault', () => {
    const form = formOf('procurement', 'tenderNotice');
    const fields = toFields(form, { budget: '约五百万', 'documentPeriod.from': '明天', evil: 'x' });
    expect(fields).toEqual({
      budget: { kind: 'text', text: '约五百万' },
      'documentPeriod.from': { kind: 'text', text: '明天' },
    });
    const faults = contentFaults(
      emptyContent({ category: 'procurement', stage: 'tenderNotice', title: '某公告', fields }),
    );
    expect(faults.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['fields.budget', 'fields.documentPeriod.to', 'fields.buyer']),
    );
  });
});

describe('a draft', () => {
  test.each(PAIRS)(
    '%s %s filled in whole can be sent on, and as a beginning has lost its times alone',
    (category, stage) => {
      const form = formOf(category, stage);
      const fields = toFields(form, fillValues(form, 'all'));
      const content = DRAFT_CONTENT.parse(
        emptyContent({
          category,
          stage,
          title: '某公告',
          fields,
          original: 'aaaaaaaaaaaa',
        }),
      );
      expect(contentFaults(content)).toEqual([]);
      const copy = toBeginning(content, 'copy');
      expect(copy.original).toBeNull();
      const lost = fillForm(form, toValues(copy.fields)).fields.filter(({ value, rows }) => !value && !rows?.length);
      expect(
        lost.map(({ field }) => field.kind).filter((kind) => !['day', 'instant', 'period', 'days'].includes(kind)),
      ).toEqual([]);
      expect(toBeginning(content, 'template').fields).not.toHaveProperty('projectCode');
    },
  );

  test('publishes its facts as given, and its form before its body', () => {
    const form = formOf('construction', 'tenderNotice');
    const fields = toFields(form, fillValues(form, 'required'));
    const notice = toDraftNotice(
      emptyContent({ category: 'construction', stage: 'tenderNotice', fields, bodyHtml: '<p>另见附件</p>' }),
    );
    expect(notice.facts.deadline?.instant).toBe('2026-07-01T01:30:00.000Z');
    expect(notice.bodyHtml).toMatch(/^<h3>项目概况和招标范围<\/h3>.*<p>另见附件<\/p>$/s);
  });

  test('can be begun from what was read of an earlier notice, but for what is doubtful and for times', () => {
    const facts: Facts = {
      buyer: { text: '曲阜市某某局' },
      budget: { text: '120万元', fen: 120_000_000 },
      ceilingPrice: { text: '约 100 万', doubt: 'unreadable' },
      procurementMethod: { text: '公开招标' },
      deadline: { text: '2026-07-01 09:30', instant: '2026-07-01T01:30:00.000Z', precision: 'minute' },
    };
    const { fields } = fromFacts({
      category: 'procurement',
      stage: 'tenderNotice',
      title: '某公告',
      facts,
      bodyHtml: '',
    });
    expect(toValues(fields)).toEqual({ buyer: '曲阜市某某局', budget: '1200000.00', procurementMethod: '公开招标' });
  });
});
