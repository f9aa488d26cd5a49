import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import {
  changes,
  exposureContents,
  exposureEvents,
  exposureRevisions,
  exposures,
  exposureVersions,
  incompleteExposures,
  redactions,
} from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { type ExposureEvent, publicInterval } from '#src/domain/exposures/life-cycle.ts';
import { maskName } from '#src/domain/exposures/masking.ts';
import { SUBJECT_TYPES } from '#src/domain/exposures/registry.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Check, defineBreaches } from './check.ts';
import { findContentFaults } from './content.ts';
import { countPersonalData, type PersonalDataDetector } from './personal-data.ts';

const e = aliased(exposures, 'e');
const v = aliased(exposureVersions, 'v');

const VERSIONS = defineSelect(() => ({
  fields: { exposureId: v.exposureId, version: v.version, content: v.content },
  rest: sql`FROM ${named(v)} ORDER BY ${v.exposureId}, ${v.version}`,
}));

const r = aliased(exposureRevisions, 'r');
const c = aliased(exposureContents, 'c');
const ofVersion = sql`${redactions.subject} = 'exposure' AND ${redactions.id} = ${r.exposureId} AND ${redactions.version} = ${r.version}`;

const REVISIONS = defineSelect(() => ({
  fields: {
    exposureId: r.exposureId,
    version: r.version,
    /** Null where it was destroyed. */
    content: sql<string | null>`${c.content}`,
    hash: sql<string | null>`${c.hash}`,
    salt: sql<string | null>`${c.salt}`,
    /** The seal that was written last. */
    seal: sql<string>`coalesce((SELECT ${redactions.seal} FROM ${redactions} WHERE ${ofVersion}
      AND ${redactions.seal} IS NOT NULL ORDER BY ${redactions.sanitizerVersion} DESC LIMIT 1), ${r.seal})`,
    isRemoved: sql<0 | 1>`EXISTS (SELECT 1 FROM ${redactions} WHERE ${ofVersion} AND ${redactions.kind} = 'removed')`,
  },
  rest: sql`FROM ${named(r)} LEFT JOIN ${named(c)} ON ${c.exposureId} = ${r.exposureId} AND ${c.version} = ${r.version}
    ORDER BY ${r.exposureId}, ${r.version}`,
}));

/** Every version has what it says, or a removal; that is sealed, rehashes and is canonical; the numbers run from 1 without a gap. */
function* findBadVersions(db: Db): Generator<string> {
  let before: { exposureId: string; version: number } | undefined;
  for (const row of REVISIONS.iterate(db)) {
    const name = `${row.exposureId} v${row.version}`;
    const last = before?.exposureId === row.exposureId ? before.version : 0;
    if (row.version !== last + 1) yield `${name} 版本号不连续`;
    if (row.content !== null) yield* findContentFaults(name, { ...row, content: row.content });
    else if (row.isRemoved === 0) yield `${name} 没有内容，也没有移除记录`;
    before = row;
  }
}

const { kind, at, basis } = exposureEvents;

const CURRENT = defineSelect(() => ({
  fields: {
    id: e.id,
    board: e.board,
    county: e.county,
    subjectType: e.subjectType,
    subjectKey: e.subjectKey,
    subjectUscc: e.subjectUscc,
    misconduct: e.misconduct,
    authority: e.authority,
    decisionDate: e.decisionDate,
    publicFrom: e.publicFrom,
    publicUntil: e.publicUntil,
    withheld: e.withheld,
    endedAt: e.endedAt,
    content: v.content,
    events: sql<string>`(SELECT json_group_array(json_object('kind', ${kind}, 'at', ${at}, 'basis', ${basis}))
      FROM ${exposureEvents} WHERE ${exposureEvents.exposureId} = ${e.id})`,
  },
  rest: sql`FROM ${named(e)} JOIN ${named(v)} ON ${v.exposureId} = ${e.id} AND ${v.version} = ${e.version}`,
}));
type Row = ReturnType<typeof CURRENT.all>[number];

/** What filters, matching and the clock read is what the current version and the events say. */
function* findBadRows(db: Db): Generator<string> {
  for (const row of CURRENT.iterate(db)) {
    const content = JSON.parse(row.content) as ExposureContent;
    const { from, until, withheld } = publicInterval(toLifeFacts(content, JSON.parse(row.events) as ExposureEvent[]));
    const expected = {
      id: content.id,
      board: content.board,
      county: content.county,
      subjectType: content.subjectType,
      subjectKey: isPerson(content) ? content.subjectName : nameKey(content.subjectName),
      subjectUscc: content.subjectUscc,
      misconduct: content.misconduct,
      authority: content.authority,
      decisionDate: content.decisionDate,
      publicFrom: from,
      publicUntil: earliest(until, row.endedAt),
      withheld,
    } satisfies Partial<Row>;
    for (const field of Object.keys(expected) as (keyof typeof expected)[])
      if (row[field] !== expected[field]) yield `${row.id} ${field} 与当前版本不符`;
    if (isPerson(content) && (content.subjectUscc || maskName(content.subjectName) !== content.subjectName))
      yield `${row.id} 自然人的姓名没有遮蔽`;
  }
}

function earliest(until: Instant, endedAt: Instant | null): Instant {
  return endedAt !== null && endedAt < until ? endedAt : until;
}

function isPerson({ subjectType }: ExposureContent): boolean {
  return SUBJECT_TYPES[subjectType].isPerson;
}

const { id } = exposures;
const UNTOLD = sql`SELECT ${id} FROM ${exposures}
  WHERE ${id} NOT IN (SELECT ${changes.subjectId} FROM ${changes} WHERE ${changes.subject} = 'exposure')`;
const OF_NO_ENTRY = [exposureRevisions, exposureEvents].map(
  (table) =>
    sql`SELECT ${table.exposureId} FROM ${table} WHERE ${table.exposureId} NOT IN (SELECT ${id} FROM ${exposures})`,
);

export const EXPOSURE_CHECKS: readonly Check[] = [
  { key: 'exposure-changes', title: '每个曝光条目都在变更中，跟随者不会漏掉', find: defineBreaches(UNTOLD) },
  { key: 'exposure-versions', title: '曝光条目的每个版本摘要可复算，版本号连续', find: findBadVersions },
  { key: 'exposure-rows', title: '曝光条目的列表字段和公示起止与其版本、事项一致，自然人已遮蔽', find: findBadRows },
  {
    key: 'exposure-dangling',
    title: '曝光条目的版本和事项属于某个条目',
    find: defineBreaches(sql.join(OF_NO_ENTRY, sql` UNION ALL `)),
  },
];

const INCOMPLETE = defineQuery((db) =>
  db.select({ id: incompleteExposures.id, said: incompleteExposures.said }).from(incompleteExposures),
);

/** No identity-card, mobile or bank-card number stands in any version of an entry, public or archived, or in a record that is none yet. */
export function exposurePersonalDataCheck(detect: PersonalDataDetector): Check {
  return {
    key: 'exposure-personal-data',
    title: '曝光条目中没有未遮盖的个人信息',
    *find(db) {
      for (const { exposureId, version, content } of VERSIONS.all(db)) {
        const found = countPersonalData(wordsOf(JSON.parse(content)), detect);
        if (found > 0) yield `${exposureId} v${version} 有 ${found} 处`;
      }
      for (const { id, said } of INCOMPLETE.all(db)) {
        const found = detect(wordsOf(said));
        if (found > 0) yield `${id}（不完整记录）有 ${found} 处`;
      }
    },
  };
}

/** Only words: amounts in fen and identifiers can look like telephone numbers. */
function wordsOf(said: object): string {
  return Object.values(said)
    .filter((value) => typeof value === 'string')
    .join('\n');
}
