import { asc, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { readKeyValue } from '#db/key-values.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { disclosureCounts, flagCounts, flags, organizationFlags, projects, staleProjects } from '#db/schema/index.ts';
import { compareProcesses } from '#src/domain/flags/compute.ts';
import { FlagCounts, readProcesses, toFlagRows, toOrganizationRow } from '../flags/compare.ts';
import { surroundingsAt } from '../flags/course.ts';
import { deriveProject } from '../flags/derive.ts';
import { SUPERVISION_KEYS } from '../flags/refresh.ts';
import { ALL_SUPERVISED, DUTIES_OF, ONE_SUPERVISED } from '../flags/tables.ts';
import type { Check } from './check.ts';

const PROJECTS = defineSelect(() => ({
  fields: { id: projects.id },
  rest: sql`FROM ${projects} ORDER BY ${projects.id}`,
}));
const STALE = defineSelect(() => ({ fields: { project: staleProjects.project }, rest: sql`FROM ${staleProjects}` }));
const FLAGS = defineQuery((db) => db.select().from(flags).orderBy(asc(flags.project), asc(flags.lot), asc(flags.code)));
const COUNTS = defineSelect(() => ({ fields: getTableColumns(flagCounts), rest: sql`FROM ${flagCounts}` }));
const OF_ORGANIZATIONS = defineSelect(() => ({
  fields: getTableColumns(organizationFlags),
  rest: sql`FROM ${organizationFlags}`,
}));
const d = disclosureCounts;
const DUTY_COUNTS = defineSelect(() => ({
  fields: { wrong: sql<number>`count(*)` },
  rest: sql`FROM (SELECT ${d.month}, ${d.county}, ${d.category}, ${d.item}, ${d.state}, ${d.total} FROM ${d}
    EXCEPT SELECT month, county, category, item, state, count(*) FROM disclosure_duties GROUP BY 1, 2, 3, 4, 5)`,
}));

/** Rows as texts, in an order of their own. */
const texts = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

/** What is derived of each project is what its notices give; of those that wait to be derived nothing is said. */
function* findUnderived(db: Db): Generator<string> {
  const day = readKeyValue(db, SUPERVISION_KEYS.day, '');
  if (day === '') return;
  const stale = new Set(STALE.all(db).map(({ project }) => project));
  const surroundings = surroundingsAt(db, new Date().toISOString());
  for (const { id } of PROJECTS.all(db)) {
    if (stale.has(id)) continue;
    const derived = deriveProject(db, id, surroundings, day);
    const stored = ONE_SUPERVISED.first(db, { project: id });
    if (JSON.stringify(derived?.supervised?.processes ?? null) !== JSON.stringify(stored?.processes ?? null))
      yield `${id} 的标段数据与其公告推算的不符`;
    if (texts(derived?.duties ?? []).join() !== texts(DUTIES_OF.all(db, { project: id })).join())
      yield `${id} 的公开事项与其公告推算的不符`;
  }
}

/** Outcomes, flagged lots and counts are what all lots compared with each other give; nothing is said while a comparison is due. */
function* findUncompared(db: Db): Generator<string> {
  if (readKeyValue(db, SUPERVISION_KEYS.dirty, '') !== '0' || STALE.first(db)) return;
  const { judge, organizations } = compareProcesses(readProcesses(db));
  const counts = new FlagCounts();
  const expected: object[] = [];
  for (const { project, processes, outcomes } of ALL_SUPERVISED.all(db)) {
    const judged = processes.map(judge);
    if (JSON.stringify(judged) !== JSON.stringify(outcomes)) yield `${project} 的提示与重算的不符`;
    for (const [index, process] of processes.entries()) counts.add(process, judged[index] ?? {});
    expected.push(...toFlagRows(processes, judged));
  }
  if (texts(expected).join() !== texts(FLAGS.all(db)).join()) yield '提示的清单与重算的不符';
  if (texts(counts.rows()).join() !== texts(COUNTS.all(db)).join()) yield '提示的计数与重算的不符';
  if (texts(organizations.map(toOrganizationRow)).join() !== texts(OF_ORGANIZATIONS.all(db)).join())
    yield '单位的提示与重算的不符';
  if ((DUTY_COUNTS.first(db)?.wrong ?? 0) > 0) yield '公开事项的计数与清单不符';
}

export const SUPERVISION_CHECKS: readonly Check[] = [
  { key: 'supervised', title: '标段数据和公开事项由公告推算，可重算出同样的字节', find: findUnderived },
  { key: 'flags', title: '提示及其计数由全部标段重算得出', find: findUncompared },
];
