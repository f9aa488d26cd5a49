import canonicalize from 'canonicalize';
import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { notices, noticeVersions } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import { correctReading } from '#src/publish/corrections/layer.ts';
import type { Check } from './check.ts';

/** How notices are read. The rules belong to ingest, which this layer does not import. */
export interface Reader {
  rules: number;
  read(content: NoticeContent): NoticeReading;
}

const n = aliased(notices, 'n');
const v = aliased(noticeVersions, 'v');

const READINGS = defineSelect(() => ({
  fields: {
    id: n.id,
    content: v.content,
    rules: n.readingRules,
    projectCode: n.projectCode,
    lotCode: n.lotCode,
    buyer: n.buyer,
    agency: n.agency,
    suppliers: n.suppliers,
    tenderers: n.tenderers,
    amountFen: n.amountFen,
    amountKind: n.amountKind,
    deadlineAt: n.deadlineAt,
    deadlinePrecision: n.deadlinePrecision,
    openingAt: n.openingAt,
    openingPrecision: n.openingPrecision,
    facts: n.facts,
  },
  rest: sql`FROM ${named(n)} JOIN ${named(v)} ON ${v.noticeId} = ${n.id} AND ${v.version} = ${n.version}`,
}));

/** Codes, parties, amounts, times and facts of every notice are what the present rules read out of its current version. */
export function readingCheck(reader: Reader): Check {
  return {
    key: 'reading',
    title: '要素、金额、单位、编号与时间由现行规则从当前版本读出',
    find: (db) => findStale(db, reader),
  };
}

function* findStale(db: Db, { rules, read }: Reader): Generator<string> {
  for (const { id, content, rules: stored, ...kept } of READINGS.iterate(db)) {
    if (stored !== rules) {
      yield `${id} 由第 ${stored} 号规则读出，现行为第 ${rules} 号，须运行 npm run reextract`;
      continue;
    }
    const said = JSON.parse(content) as NoticeContent;
    const wanted = correctReading(db, said, read(said));
    for (const field of Object.keys(wanted) as (keyof NoticeReading)[])
      if (canonicalize(kept[field]) !== canonicalize(wanted[field])) yield `${id} ${field} 与当前版本读出的不符`;
  }
}
