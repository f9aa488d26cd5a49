import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { disclosureFindings } from '#db/schema/disclosure.ts';
import { FINDING_KINDS, type FindingKind } from '#src/domain/disclosure/findings.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** What the self-check found and nobody has explained. */
export interface DisclosureFinding extends Owned {
  list: 'disclosure';
  id: string;
  kind: FindingKind;
  /** Address on this site. */
  subject: string;
  detail: string;
  since: Instant;
  explanation: string | null;
}

const f = disclosureFindings;
const FORM = z.object({ reason: reasonField });

function find(db: Db, id: string): typeof f.$inferSelect {
  const row = db.select().from(f).where(eq(f.id, id)).get();
  if (!row) throw new NotFoundError('这一项已经解决了');
  return row;
}

export const disclosure: WorkList<DisclosureFinding> = {
  rows(db, { county, after, limit }) {
    if (county !== null) return [];
    const isAfter = sql`(${f.since}, ${f.id}) > (${after.since}, ${after.id})`;
    const rows = db
      .select()
      .from(f)
      .where(and(isNull(f.explanation), isAfter))
      .orderBy(asc(f.since), asc(f.id))
      .limit(limit)
      .all();
    return rows.map(({ id, since, kind, title, detail }) => ({
      ...{ id, since, county: null, title },
      detail: `${FINDING_KINDS[kind]}：${detail}`,
    }));
  },
  item(db, id) {
    const { kind, subject, title, detail, since, explanation } = find(db, id);
    return { list: 'disclosure', id, kind, subject, title, detail, since, explanation, counties: [null] };
  },
  act(db, { id }, values, by) {
    const { reason } = parseForm(FORM, values);
    if (find(db, id).explanation !== null) throw new ConflictError('这一项刚被说明过，请看过再决定');
    const explainedBy = by.actor.replace(/^account:/, '');
    db.update(f).set({ explanation: reason, explainedBy }).where(eq(f.id, id)).run();
    return { reason };
  },
};
