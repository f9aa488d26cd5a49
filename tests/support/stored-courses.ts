import type { Db } from '#db/client.ts';
import { runActor } from '#src/domain/actors.ts';
import type { DealNotice } from '#src/domain/deals/deal.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { findKnownById } from '#src/publish/notices/known.ts';
import { projectOf } from '#src/publish/notices/projects.ts';
import { saveNotice, withdrawNotice } from '#src/publish/notices/store.ts';
import { type PreparedNotice, seal } from '#src/publish/prepare/prepare.ts';
import { notice } from './deal-courses.ts';
import { SEED_NOW } from './seed-notices.ts';

/** The source that stored courses come from. */
export const SOURCE = 'site-qufu';
export const CONTEXT = { runId: 'seed', actor: runActor('seed'), now: SEED_NOW };

/** A notice of a course as its source has it: the item, the code of its project, what it says. */
export interface Stored {
  item: string;
  code: string;
  given: DealNotice;
}

export const idOf = ({ item }: Pick<Stored, 'item'>) => noticeId(SOURCE, item);
export const rawOf = ({ item }: Stored, content: string) => ({
  ...{ sourceKey: SOURCE, sourceItemId: item, listItem: '{}' },
  contentHash: content.slice(0, 64).padEnd(64, '0'),
});

export function prepare({ item, code, given }: Stored): PreparedNotice {
  const { deadlineAt, deadlinePrecision, openingAt, openingPrecision, facts, suppliers } = given;
  const content: NoticeContent = {
    ...{ id: idOf({ item }), sourceKey: SOURCE, sourceItemId: item, title: given.title },
    ...{ category: 'construction', stage: given.stage, county: 'qufu', publishedBy: 'qufu' },
    ...{ publishedAt: given.publishedAt, publishedPrecision: 'second', projectCode: code, lotCode: null },
    ...{
      sourceUrl: null,
      bodyHtml: JSON.stringify([deadlineAt, facts]),
      attachments: [],
      redacted: false,
      withdrawn: false,
    },
  };
  return {
    ...seal(content),
    reading: {
      ...{
        projectCode: code,
        lotCode: null,
        buyer: null,
        agency: null,
        suppliers,
        tenderers: [],
        amountFen: null,
        amountKind: null,
      },
      ...{ deadlineAt, deadlinePrecision, openingAt, openingPrecision, facts },
    },
    ...{
      text: '正文',
      deduplicationKey: item,
      fingerprint: item,
      originUrl: null,
      aliases: [],
      sanitizerVersion: 1,
      remarks: [],
    },
  };
}

/** Stores a notice by the ordinary way of writing. */
export function storeNotice(db: Db, stored: Stored): void {
  const prepared = prepare(stored);
  saveNotice(db, prepared, rawOf(stored, prepared.hash), CONTEXT);
}

/** Takes it out of the public. */
export function withdrawStored(db: Db, stored: Stored): void {
  const known = findKnownById(db, idOf(stored));
  if (known) withdrawNotice(db, known, rawOf(stored, `withdrawn${known.version}`), CONTEXT);
}

/** The id of the project with a code. */
export const projectIdOf = (code: string) => {
  const stored: Stored = { item: 'x', code, given: notice({ on: 0, stage: 'tenderNotice' }, 0) };
  const { content, reading } = prepare(stored);
  return projectOf({ ...content, ...reading }).id;
};
