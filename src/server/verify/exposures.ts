import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { type ExposureContent, toLifeFacts } from '#src/domain/exposures/content.ts';
import { type ExposureEvent, publicInterval } from '#src/domain/exposures/life-cycle.ts';
import { maskName } from '#src/domain/exposures/masking.ts';
import { SUBJECT_TYPES } from '#src/domain/exposures/registry.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Check, queryBreaches } from './check.ts';
import { findContentFaults } from './content.ts';
import { countPersonalData, type PersonalDataDetector } from './personal-data.ts';

interface VersionRow {
  exposureId: string;
  version: number;
  content: string;
}

/** With the seal that was written last. */
const REVISIONS = `SELECT r.exposure_id AS exposureId, r.version, c.content, c.hash, c.salt,
    coalesce((SELECT o.seal FROM redactions o WHERE o.subject = 'exposure' AND o.id = r.exposure_id AND o.version = r.version
      AND o.seal IS NOT NULL ORDER BY o.policy DESC LIMIT 1), r.seal) AS seal,
    EXISTS (SELECT 1 FROM redactions o WHERE o.subject = 'exposure' AND o.id = r.exposure_id AND o.version = r.version
      AND o.kind = 'removed') AS isRemoved
  FROM exposure_revisions r LEFT JOIN exposure_contents c ON c.exposure_id = r.exposure_id AND c.version = r.version
  ORDER BY r.exposure_id, r.version`;

interface RevisionRow {
  exposureId: string;
  version: number;
  /** Null when it was destroyed. */
  content: string | null;
  hash: string | null;
  salt: string | null;
  seal: string;
  isRemoved: number;
}

const VERSIONS =
  'SELECT exposure_id AS exposureId, version, content FROM exposure_versions ORDER BY exposure_id, version';

/** Every version has what it says, or a removal; that is sealed, rehashes and is canonical; the numbers run from 1 without a gap. */
function* findBadVersions(db: Db): Generator<string> {
  let before: RevisionRow | undefined;
  for (const row of db.$client.prepare(REVISIONS).iterate() as Iterable<RevisionRow>) {
    const name = `${row.exposureId} v${row.version}`;
    const last = before?.exposureId === row.exposureId ? before.version : 0;
    if (row.version !== last + 1) yield `${name} 版本号不连续`;
    if (row.content !== null) yield* findContentFaults(name, { ...row, content: row.content });
    else if (row.isRemoved === 0) yield `${name} 没有内容，也没有移除记录`;
    before = row;
  }
}

type Row = Record<string, unknown> & { id: string; content: string; events: string; ended_at: string | null };

const CURRENT = `
  SELECT e.*, v.content,
    (SELECT json_group_array(json_object('kind', kind, 'at', at, 'basis', basis)) FROM exposure_events WHERE exposure_id = e.id) AS events
  FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version`;

/** What filters, matching and the clock read is what the current version and the events say. */
function* findBadRows(db: Db): Generator<string> {
  for (const row of db.$client.prepare(CURRENT).iterate() as Iterable<Row>) {
    const content = JSON.parse(row.content) as ExposureContent;
    const { from, until, withheld } = publicInterval(toLifeFacts(content, JSON.parse(row.events) as ExposureEvent[]));
    const pairs: [string, unknown][] = [
      ['id', content.id],
      ['board', content.board],
      ['county', content.county],
      ['subject_type', content.subjectType],
      ['subject_key', isPerson(content) ? content.subjectName : nameKey(content.subjectName)],
      ['subject_uscc', content.subjectUscc],
      ['misconduct', content.misconduct],
      ['authority', content.authority],
      ['decision_date', content.decisionDate],
      ['public_from', from],
      ['public_until', earliest(until, row.ended_at)],
      ['withheld', withheld ? 1 : 0],
    ];
    for (const [column, value] of pairs) if (row[column] !== value) yield `${row.id} ${column} 与当前版本不符`;
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

export const EXPOSURE_CHECKS: readonly Check[] = [
  {
    key: 'exposure-changes',
    title: '每个曝光条目都在变更中，跟随者不会漏掉',
    find: (db) =>
      queryBreaches(db, 'SELECT id FROM exposures WHERE id NOT IN (SELECT exposure_id FROM exposure_changes)'),
  },
  { key: 'exposure-versions', title: '曝光条目的每个版本摘要可复算，版本号连续', find: findBadVersions },
  { key: 'exposure-rows', title: '曝光条目的列表字段和公示起止与其版本、事项一致，自然人已遮蔽', find: findBadRows },
  {
    key: 'exposure-dangling',
    title: '曝光条目的版本和事项属于某个条目',
    find: (db) =>
      queryBreaches(
        db,
        `SELECT exposure_id FROM exposure_revisions WHERE exposure_id NOT IN (SELECT id FROM exposures)
         UNION ALL SELECT exposure_id FROM exposure_events WHERE exposure_id NOT IN (SELECT id FROM exposures)`,
      ),
  },
];

const INCOMPLETE = 'SELECT id, said FROM incomplete_exposures';

/** No identity-card, mobile or bank-card number stands in any version of an entry, public or archived, or in a record that is none yet. */
export function exposurePersonalDataCheck(detect: PersonalDataDetector): Check {
  return {
    key: 'exposure-personal-data',
    title: '曝光条目中没有未遮盖的个人信息',
    *find(db) {
      for (const { exposureId, version, content } of listRows<VersionRow>(db, VERSIONS)) {
        const found = countPersonalData(wordsOf(content), detect);
        if (found > 0) yield `${exposureId} v${version} 有 ${found} 处`;
      }
      for (const { id, said } of listRows<{ id: string; said: string }>(db, INCOMPLETE)) {
        const found = detect(wordsOf(said));
        if (found > 0) yield `${id}（不完整记录）有 ${found} 处`;
      }
    },
  };
}

/** Only words: amounts in fen and identifiers can look like telephone numbers. */
function wordsOf(content: string): string {
  const values = Object.values(JSON.parse(content) as ExposureContent);
  return values.filter((value) => typeof value === 'string').join('\n');
}
