import { describe, expect, test } from 'vitest';
import { type Grade, gradeOf, readGrade, type Sanction } from '#src/domain/exposures/grade.ts';
import { addMonths, type PeriodFacts, publicationPeriod } from '#src/domain/exposures/period.ts';

const FACTS: PeriodFacts = {
  grade: 'general',
  list: null,
  decisionDate: '2026-05-10',
  sourceDeadline: null,
  validUntil: null,
  misconductEnd: null,
};

/** Rule, its clause, facts, last public day, first day to apply for repair, which limit decided. */
const PERIODS: [string, Partial<PeriodFacts>, string, string | null, string][] = [
  ['CR36 general: at least 3 months, at most 1 year', {}, '2027-05-10', '2026-08-10', 'grade'],
  ['CR36 serious: at least 1 year, at most 3 years', { grade: 'serious' }, '2029-05-10', '2027-05-10', 'grade'],
  ['CR36 minor: at most 3 months, repairable at once', { grade: 'minor' }, '2026-08-10', '2026-05-10', 'grade'],
  ['CR36 begins on 2026-04-01', { decisionDate: '2026-04-01' }, '2027-04-01', '2026-07-01', 'grade'],
  ['NDRC 58 before: at most 3 years', { decisionDate: '2026-03-31' }, '2029-03-31', '2026-06-30', 'grade'],
  ['NDRC 58 serious', { decisionDate: '2025-01-15', grade: 'serious' }, '2028-01-15', '2026-01-15', 'grade'],
  ['the source may stop earlier', { sourceDeadline: '2026-11-30' }, '2026-11-30', '2026-08-10', 'source'],
  ['a source may not go beyond the grade', { sourceDeadline: '2029-05-10' }, '2027-05-10', '2026-08-10', 'grade'],
  ['stopped before repair is possible', { sourceDeadline: '2026-07-01' }, '2026-07-01', null, 'source'],
  [
    'the end of the measure is not the end of publication',
    { validUntil: '2026-06-01' },
    '2027-05-10',
    '2026-08-10',
    'grade',
  ],
  [
    'SDC 38: five years from the end of the misconduct',
    { misconductEnd: '2021-12-31', grade: 'serious' },
    '2026-12-31',
    null,
    'misconductEnd',
  ],
  [
    'GPL 77: a blacklist entry stands until the ban ends',
    { list: 'govProcurementDebarment', validUntil: '2028-05-09' },
    '2028-05-09',
    '2027-05-10',
    'list',
  ],
  [
    'GPL 77: a ban lasts three years at most',
    { list: 'govProcurementDebarment', validUntil: '2036-05-09' },
    '2029-05-10',
    '2027-05-10',
    'list',
  ],
  [
    'the list itself may say when it ends',
    { list: 'seriousDishonestyList', sourceDeadline: '2027-12-31' },
    '2027-12-31',
    '2027-05-10',
    'source',
  ],
];

describe('publicationPeriod', () => {
  test.each(PERIODS)('%s', (_rule, facts, until, repairFrom, decidedBy) => {
    const period = publicationPeriod({ ...FACTS, ...facts });
    expect(period).toMatchObject({ until, repairFrom, decidedBy });
    expect(period.rule.length).toBeGreaterThan(5);
    expect(period.law).toMatch(/[《〔]/);
  });

  test('shows the numbers of the rule that decided', () => {
    expect(publicationPeriod(FACTS).rule).toContain('最短公示 3 个月，最长 1 年');
    expect(publicationPeriod({ ...FACTS, grade: 'minor' }).rule).toContain('原则上不公示');
  });

  test('counts months to the last day of a shorter month', () => {
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(addMonths('2027-12-31', 2)).toBe('2028-02-29');
    expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
    expect(addMonths('2026-01-15', 0)).toBe('2026-01-15');
  });
});

const YUAN = 100;
const GRADING: [string, Partial<Sanction>, Grade | undefined][] = [
  ['a warning alone', { penaltyTypes: ['warning'] }, 'minor'],
  ['public criticism and a warning', { penaltyTypes: ['warning', 'publicCriticism'] }, 'minor'],
  ['a fine on the spot (APL 51)', { penaltyTypes: ['fine'], fineFen: 3_000 * YUAN }, 'minor'],
  ['a fine above it', { penaltyTypes: ['fine'], fineFen: 3_001 * YUAN }, 'general'],
  ['a fine on the spot of a person', { penaltyTypes: ['fine'], fineFen: 201 * YUAN, isPerson: true }, 'general'],
  ['a fine of unknown size', { penaltyTypes: ['fine'] }, 'general'],
  ['confiscation', { penaltyTypes: ['confiscation'] }, 'general'],
  ['revocation', { penaltyTypes: ['fine', 'permitRevocation'], fineFen: 100 }, 'serious'],
  ['an occupation ban', { penaltyTypes: ['occupationBan'] }, 'serious'],
  ['a fine of any size alone is never serious', { penaltyTypes: ['fine'], fineFen: 1e12 }, 'general'],
  ['nothing known', { penaltyTypes: [] }, undefined],
];

describe('gradeOf', () => {
  test.each(GRADING)('%s', (_name, sanction, grade) => {
    expect(gradeOf({ penaltyTypes: [], fineFen: null, isPerson: false, ...sanction })).toBe(grade);
  });

  test('a grade that the source names is read as it says', () => {
    expect(['轻微', '一般失信行为', '严重', 'serious', '特别', ''].map(readGrade)).toEqual([
      'minor',
      'general',
      'serious',
      'serious',
      undefined,
      undefined,
    ]);
  });
});
