import type { Db } from '#db/client.ts';
import { commandActor } from '#src/domain/actors.ts';
import type { ReportContent } from '#src/domain/annual-report/content.ts';
import { EMPTY_INPUT } from '#src/domain/annual-report/input.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { publishReport } from '#src/publish/annual-report/store.ts';
import { createAccount } from '#src/staff/accounts.ts';

/** Publishes a report of 2020 without figures, by two people. */
export function seedReport(db: Db, now: Instant): void {
  const doer = { actor: commandActor('staff:admin', 'root'), roles: [], address: '', now };
  const [author, publisher] = ['report.author', 'report.publisher'].map(
    (loginName) =>
      createAccount(db, doer, {
        loginName,
        displayName: `${loginName} 同志`,
        county: null,
        roles: ['disclosureOfficer'],
      }).id,
  );
  const content: ReportContent = {
    ...{ year: 2020, form: '2020', issuer: '示例市公共资源交易服务中心', cells: {}, input: EMPTY_INPUT },
    ...{ requestsBefore: null, catalogue: { fields: 7, items: 40 }, on: '2021-01-20' },
  };
  const files = { pdf: Buffer.from('%PDF-1.7'), docx: Buffer.from('PK') };
  const people = { authorId: author ?? '', publisherId: publisher ?? '' };
  publishReport(db, { content, ...files, ...people, reason: '', at: now });
}
