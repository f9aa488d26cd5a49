import canonicalize from 'canonicalize';
import type { Db } from '#db/client.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import type { Check } from './check.ts';

/** How notices are read. The rules belong to ingest, which this layer does not import. */
export interface Reader {
  rules: number;
  read(content: NoticeContent): NoticeReading;
}

interface Row extends Omit<NoticeReading, 'suppliers' | 'facts'> {
  id: string;
  content: string;
  suppliers: string;
  facts: string;
  rules: number;
}

const READINGS = `
  SELECT n.id, v.content, n.reading_rules AS rules, n.project_code AS projectCode, n.lot_code AS lotCode, n.buyer, n.agency,
    n.suppliers, n.amount_fen AS amountFen, n.amount_kind AS amountKind, n.deadline_at AS deadlineAt,
    n.deadline_precision AS deadlinePrecision, n.opening_at AS openingAt, n.opening_precision AS openingPrecision, n.facts
  FROM notices n JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version`;

/** Codes, parties, amounts, times and facts of every notice are what the present rules read out of its current version. */
export function readingCheck(reader: Reader): Check {
  return {
    key: 'reading',
    title: '要素、金额、单位、编号与时间由现行规则从当前版本读出',
    find: (db) => findStale(db, reader),
  };
}

function* findStale(db: Db, { rules, read }: Reader): Generator<string> {
  for (const row of db.$client.prepare(READINGS).iterate() as Iterable<Row>) {
    const { id, content, rules: stored, suppliers, facts, ...columns } = row;
    if (stored !== rules) {
      yield `${id} 由第 ${stored} 号规则读出，现行为第 ${rules} 号，须运行 npm run reextract`;
      continue;
    }
    const kept = { ...columns, suppliers: JSON.parse(suppliers), facts: JSON.parse(facts) } as NoticeReading;
    const wanted = read(JSON.parse(content) as NoticeContent);
    for (const field of Object.keys(wanted) as (keyof NoticeReading)[])
      if (canonicalize(kept[field]) !== canonicalize(wanted[field])) yield `${id} ${field} 与当前版本读出的不符`;
  }
}
