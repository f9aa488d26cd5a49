import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { publicSubmissionFiles, publicSubmissions } from '#db/schema/participation.ts';
import { APPLICANT_TYPE_KEYS } from '#src/domain/disclosure/decisions.ts';
import type { SubmissionKind } from '#src/domain/participation/kinds.ts';
import { toSubmittedText } from '#src/publish/participation/content.ts';
import { makeReplyKey, seal } from '#src/publish/participation/sealing.ts';

export interface SeededSubmission {
  kind?: SubmissionKind;
  county?: 'jining' | 'qufu';
  receivedOn?: string;
  fields?: Record<string, string>;
  code?: string;
  noticeId?: string | null;
  withFile?: boolean;
}

/** Puts a submission in as the public does, without a form. Returns its id. */
export async function seedSubmission(db: Db, recipient: string, given: SeededSubmission = {}): Promise<string> {
  const { kind = 'consultation', county = 'jining', receivedOn = '2026-03-02', noticeId = null } = given;
  const fields = given.fields ?? { subject: '怎样报名', text: '请问怎样报名参加？' };
  const reply = await makeReplyKey(given.code ?? randomUUID());
  const id = randomUUID();
  const sealed = await seal(toSubmittedText({ kind, fields, files: [] }), [recipient]);
  db.insert(publicSubmissions)
    .values({
      ...{ id, kind, county, noticeId, receivedOn, sealed, receiptHash: randomUUID(), commitment: '' },
      applicantType: APPLICANT_TYPE_KEYS.find((key) => key === fields.applicantType) ?? null,
      ...{ fingerprint: null, wasWorkedFor: true },
      ...{ replyRecipient: reply.recipient, replyIdentity: reply.sealedIdentity },
    })
    .run();
  if (given.withFile)
    db.insert(publicSubmissionFiles)
      .values({
        ...{ id: `file-${id}`, submissionId: id, size: 4 },
        ...{ sealedName: await seal('照片.png', [recipient]), sealed: await seal('data', [recipient]) },
      })
      .run();
  return id;
}
