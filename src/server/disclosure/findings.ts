import { asc } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { readKeyValue } from '#db/key-values.ts';
import { disclosureFindings } from '#db/schema/disclosure.ts';
import type { FindingKind } from '#src/domain/disclosure/findings.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** Key in `keyValues`: when the self-check last looked at everything. */
export const CHECKED_AT = 'disclosure.checkedAt';

/** What the self-check found, as the public sees it. */
export interface PublicFinding {
  kind: FindingKind;
  subject: string;
  title: string;
  detail: string;
  since: Instant;
  /** Why it is right as it is; null where nobody has said so. */
  explanation: string | null;
}

/** What the last self-check found, the oldest first, and when it was; '' where none has been yet. */
export function listFindings(db: Db): { checkedAt: Instant | ''; findings: PublicFinding[] } {
  const { kind, subject, title, detail, since, explanation, id } = disclosureFindings;
  const findings = db
    .select({ kind, subject, title, detail, since, explanation })
    .from(disclosureFindings)
    .orderBy(asc(since), asc(id))
    .all();
  return { checkedAt: readKeyValue(db, CHECKED_AT, ''), findings };
}
