import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { caseEvents, publicSubmissions, staffAccounts } from '#db/schema/index.ts';
import { toCommitment, toSubmittedText } from '#src/publish/participation/content.ts';
import { makeReplyKey, seal } from '#src/publish/participation/sealing.ts';
import { loadTokenKey } from '#src/server/subscriptions/tokens.ts';
import { loadCaseKey } from '#src/staff/participation/identity.ts';
import { demoReceiptCode } from './submissions.ts';

/** Requests for information by year, as the reports of the years told them: ten in 2019; three persons and four companies in 2020. */
const REQUESTS = [
  { year: 2019, persons: 6, businesses: 4 },
  { year: 2020, persons: 3, businesses: 4 },
] as const;
/** Receipt codes of the demonstration's other submissions lie below. */
const FIRST_CODE = 1_000;

/** Puts the requests of past years in where there are none: received, and granted within the month, in their years. */
export async function createPastRequests(db: Db, directory: string): Promise<void> {
  const isThere = db
    .select({ id: publicSubmissions.id })
    .from(publicSubmissions)
    .where(eq(publicSubmissions.id, 'past-0'))
    .get();
  const officer = db
    .select({ id: staffAccounts.id })
    .from(staffAccounts)
    .where(eq(staffAccounts.loginName, 'gongkai'))
    .get();
  if (isThere || !officer) return;
  const { recipient } = await loadCaseKey(join(directory, 'keys'), undefined);
  const pepper = loadTokenKey(directory, 'participation.key');
  const sent = toSubmittedText({
    kind: 'disclosureRequest',
    fields: { text: '以前年度的申请（演示数据，虚构）' },
    files: [],
  });
  const sealed = await seal(sent, [recipient]);
  const reply = await makeReplyKey(demoReceiptCode(FIRST_CODE));
  const all = REQUESTS.flatMap(({ year, persons, businesses }) =>
    Array.from(
      { length: persons + businesses },
      (_, at) => ({ year, at, applicant: at < persons ? 'person' : 'business' }) as const,
    ),
  );
  const store = () => {
    for (const [index, { year, at, applicant }] of all.entries()) {
      const month = `${year}-${String((at % 11) + 1).padStart(2, '0')}`;
      const code = demoReceiptCode(FIRST_CODE + index);
      const row = {
        id: `past-${index}`,
        kind: 'disclosureRequest',
        county: 'jining',
        receivedOn: `${month}-05`,
      } as const;
      const receiptHash = createHmac('sha256', pepper).update(`stored:${code}`).digest('hex');
      const secrets = { sealed, commitment: toCommitment(`past ${index}`, sent), receiptHash };
      const replies = { replyRecipient: reply.recipient, replyIdentity: reply.sealedIdentity };
      db.insert(publicSubmissions)
        .values({ ...row, ...secrets, ...replies, applicantType: applicant, wasWorkedFor: true })
        .run();
      db.insert(caseEvents)
        .values({
          submissionId: row.id,
          kind: 'answered',
          occurredOn: `${month}-21`,
          accountId: officer.id,
          decision: 'granted',
          isForPerson: true,
        })
        .run();
    }
  };
  db.$client.transaction(store).immediate();
}
