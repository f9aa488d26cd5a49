import { afterEach, beforeEach, expect, test } from 'vitest';
import { organizations, qualifications } from '#db/schema/index.ts';
import { jobActor } from '#src/domain/actors.ts';
import { computeCells } from '#src/domain/annual-report/compute.ts';
import { type ArticleContent, emptyArticle } from '#src/domain/articles/content.ts';
import type { ArticleKind } from '#src/domain/articles/kinds.ts';
import { DISCLOSING_BODY } from '#src/domain/disclosure/body.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getYearFacts } from '#src/publish/annual-report/facts.ts';
import { publishArticle, withdrawArticle } from '#src/publish/articles/store.ts';
import { addVisits } from '#src/server/visits/figures.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let shared: ReturnType<typeof openTestDatabase>;
beforeEach(() => {
  shared = openTestDatabase();
});
afterEach(() => shared.close());

const ACTOR = jobActor('seed-articles');

/** Publishes an article at noon of a day. */
function publish(id: string, on: string, kind: ArticleKind, given: Partial<ArticleContent> = {}): void {
  const said = { title: '虚构的文章', summary: '摘要。', source: '虚构', bodyHtml: '<p>正文。</p>' };
  const content = emptyArticle(kind, { ...said, ...given });
  publishArticle(shared.db, { id, county: 'jining', content, note: '' }, { actor: ACTOR, now: noon(on) });
}
const noon = (day: string): Instant => `${day}T04:00:00.000Z`;
const own = (issuedOn: string, validity: 'inForce' | 'repealed' = 'inForce') =>
  ({ issuer: DISCLOSING_BODY, number: '虚〔2024〕1号', issuedOn, validity }) as const;

test('a year counts its interpretations, answers, trainings, documents made, in force and repealed, visits and library', () => {
  publish('aaaaaaaaaaaa', '2024-05-01', 'document', own('2024-04-20'));
  publish('aaaaaaaaaaab', '2024-06-01', 'document', own('2023-12-20'));
  publish('aaaaaaaaaaac', '2024-06-01', 'document', { ...own('2024-05-20'), issuer: '别的机关' });
  publish('aaaaaaaaaaad', '2024-06-02', 'document', own('2024-05-21'));
  withdrawArticle(
    shared.db,
    { id: 'aaaaaaaaaaad', county: 'jining', note: '误发' },
    { actor: ACTOR, now: noon('2024-06-03') },
  );
  publish('aaaaaaaaaaab', '2025-02-01', 'document', own('2023-12-20', 'repealed'));
  publish('aaaaaaaaaaae', '2024-07-01', 'interpretation');
  publish('aaaaaaaaaaaf', '2024-07-01', 'media', { title: '电子投标培训', steps: [] });
  publish('aaaaaaaaaaag', '2024-07-01', 'media', { title: '开标现场', steps: [] });
  // Answered in the year before it came here.
  publish('aaaaaaaaaabb', '2025-01-05', 'proposal', { ...own('2024-12-30'), answeredOn: '2024-12-30' });
  addVisits(shared.db, [
    { day: '2024-03-01', page: '/', count: 10 },
    { day: '2024-03-01', page: '/search', count: 5 },
    { day: '2024-03-02', page: '/', count: 10 },
    { day: '2025-03-02', page: '/', count: 99 },
  ]);
  const facts = getYearFacts(shared.db, 2024);
  expect(facts.text).toMatchObject({ interpretations: 1, trainings: 1, proposals: 1, dailyVisits: 12 });
  expect(computeCells('2021', facts)).toMatchObject({
    ...{ 'two.documents.made': 1, 'two.documents.repealed': 0, 'two.documents.inForce': 2 },
    ...{ 'two.rules.made': 0, 'two.rules.inForce': 0 },
  });
  expect(computeCells('2020', facts)).toMatchObject({ 'two.documents.made': 1, 'two.documents.published': 2 });
  expect(computeCells('2021', getYearFacts(shared.db, 2025))).toMatchObject({
    ...{ 'two.documents.made': 0, 'two.documents.repealed': 1, 'two.documents.inForce': 1, 'text.dailyVisits': 99 },
  });
});

test('a year in which the portal was not there leaves its figures to people instead of claiming noughts', () => {
  publish('aaaaaaaaaaaa', '2024-05-01', 'document', own('2024-04-20'));
  const facts = getYearFacts(shared.db, 2020);
  const ofTheSite = /^(?:interpretations|proposals|trainings|dailyVisits|libraryOrganizations)$/;
  expect(Object.keys(facts.text).filter((key) => ofTheSite.test(key))).toEqual([]);
  expect(Object.keys(computeCells('2021', facts)).filter((key) => key.startsWith('two.'))).toEqual([]);
});

test('the library counts each organization of which a register says something once', () => {
  const at = noon('2024-01-01');
  for (const [number, id] of ['one', 'two', 'three'].entries())
    shared.db
      .insert(organizations)
      .values({ number: 9000 + number, id, name: id, nameKey: id, createdAt: at, updatedAt: at })
      .run();
  for (const [id, organizationId] of [
    ['a', 'one'],
    ['b', 'one'],
    ['c', 'two'],
  ] as const)
    shared.db
      .insert(qualifications)
      .values({ id, organizationId, source: '登记簿', checkedAt: at, name: '资质' })
      .run();
  expect(getYearFacts(shared.db, 2024).text.libraryOrganizations).toBe(2);
  expect(getYearFacts(shared.db, 2023).text.libraryOrganizations).toBeUndefined();
});
