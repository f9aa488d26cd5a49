import { asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { factCorrections } from '#db/schema/index.ts';
import { correctFacts, type FactCorrection } from '#src/domain/facts/fact-corrections.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import { toReading } from '../facts/reading.ts';
import { sanitizeBody } from '../sanitize/sanitize.ts';

const { id, place, kind, value, passage, before, reason, at, noticeId } = factCorrections;
const OF_NOTICE = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db
    .select({ id, place, kind, value, passage, before, reason, at })
    .from(factCorrections)
    .where(eq(noticeId, p.noticeId))
    .orderBy(asc(id)),
);

/** Everything that staff ever decided about facts of a notice, oldest first. */
export function listFactCorrections(db: Db, noticeId: string): FactCorrection[] {
  return OF_NOTICE.all(db, { noticeId });
}

/** A notice in lines, for finding passages in it: its title, its labelled values, its body. A function of its public content alone. */
export function textOf({ title, fields = {}, bodyHtml }: NoticeContent): string {
  const labelled = Object.entries(fields).map(([label, value]) => `${label}：${value}`);
  return [title, ...labelled, sanitizeBody(bodyHtml).text].join('\n');
}

/** What of a notice counts: what the rules read out of it, with what staff decided over it. */
export function correctReading(db: Db, content: NoticeContent, reading: NoticeReading): NoticeReading {
  const corrections = listFactCorrections(db, content.id);
  if (corrections.length === 0) return reading;
  return toReading(content, correctFacts(reading.facts, corrections, textOf(content)));
}
