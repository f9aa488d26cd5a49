import { getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import {
  codeKeys,
  noticeContents,
  noticeParties,
  noticeRevisions,
  notices,
  noticeTexts,
  projects,
  sources,
} from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import { commandActor } from '#src/domain/actors.ts';
import { codeKeys as keysOf } from '#src/domain/identifiers/code-keys.ts';
import { projectId } from '#src/domain/identifiers/ids.ts';
import { appendChange } from '#src/publish/changes/append.ts';
import type { CorpusNotice } from './corpus.ts';

const BENCH = commandActor('bench', 'corpus');
/** So many notices of the corpus, one after the other, are stored as one project. */
const NOTICES_PER_PROJECT = 3;

const PROJECT = getTableColumns(projects);
const ADD_PROJECT = defineQuery((db, p: Params<RowOf<typeof PROJECT>>) =>
  db.insert(projects).values(paramsOf(PROJECT, p)).onConflictDoNothing(),
);
const ADD_NOTICE = defineQuery((db, p: Params<CorpusNotice & { projectId: string; suppliers: string[] }>) =>
  db.insert(notices).values({
    ...{ id: p.id, sourceKey: 'quality', sourceItemId: p.id, version: 1, title: p.title, projectId: p.projectId },
    ...{ category: p.category, stage: p.stage, county: p.county, publishedBy: p.county, projectCode: p.code },
    ...{ buyer: p.buyer, agency: p.agency, suppliers: p.suppliers, amountFen: p.amountFen, amountKind: 'budget' },
    ...{ deadlineAt: p.deadlineAt, deadlinePrecision: 'second', closesAt: p.deadlineAt },
    ...{ publishedAt: p.publishedAt, publishedPrecision: 'second' },
    ...{ deduplicationKey: p.id, fingerprint: p.id },
    ...{ firstSeenAt: p.publishedAt, updatedAt: p.publishedAt, lastSeenAt: p.publishedAt },
  }),
);
const ADD_VERSION = defineQuery((db, p: Params<{ id: string; at: string }>) =>
  db.insert(noticeRevisions).values({
    ...{ noticeId: p.id, version: 1, contentVersion: 1, seal: p.id, publishedAt: p.at, reason: 'created' },
  }),
);
const ADD_CONTENT = defineQuery((db, p: Params<{ id: string; content: string }>) =>
  db
    .insert(noticeContents)
    .values({ noticeId: p.id, version: 1, content: p.content, hash: p.id, salt: '', sanitizerVersion: 1 }),
);
const TEXT = getTableColumns(noticeTexts);
const ADD_TEXT = defineQuery((db, p: Params<RowOf<typeof TEXT>>) => db.insert(noticeTexts).values(paramsOf(TEXT, p)));
const { noticeId, role, name, publishedAt } = noticeParties;
const PARTY = { noticeId, role, name, publishedAt };
const ADD_PARTY = defineQuery((db, p: Params<RowOf<typeof PARTY>>) =>
  db.insert(noticeParties).values(paramsOf(PARTY, p)),
);
const KEY = getTableColumns(codeKeys);
const ADD_KEY = defineQuery((db, p: Params<RowOf<typeof KEY>>) => db.insert(codeKeys).values(paramsOf(KEY, p)));

/** The part of a version's content that pages show. */
const toContent = ({ title, body }: CorpusNotice) =>
  JSON.stringify({ title, bodyHtml: `<p>${body.replaceAll('。', '。</p><p>')}</p>`, redacted: false });

function storeNotice(db: Db, notice: CorpusNotice, projectId: string): void {
  const { id, code, title, category, county, buyer, agency, supplier, publishedAt: at } = notice;
  ADD_PROJECT.run(db, { id: projectId, code, title, category, county, buyer, createdAt: at, updatedAt: at });
  ADD_NOTICE.run(db, { ...notice, projectId, suppliers: [supplier] });
  ADD_VERSION.run(db, { id, at });
  ADD_CONTENT.run(db, { id, content: toContent(notice) });
  ADD_TEXT.run(db, { noticeId: id, body: notice.body });
  const parties = [
    { role: 'buyer', name: buyer },
    { role: 'agency', name: agency },
    { role: 'supplier', name: supplier },
  ] as const;
  for (const party of parties) ADD_PARTY.run(db, { ...party, noticeId: id, publishedAt: at });
  for (const { key, whole } of keysOf([code])) ADD_KEY.run(db, { key, noticeId: id, whole });
  appendChange(db, { subject: 'notice', id, version: 1, kind: 'upsert' }, { actor: BENCH, now: at });
}

/** Writes the corpus as the pipeline would: project, notice, version, body, parties, code keys, change. */
export function storeCorpus(db: Db, corpus: readonly CorpusNotice[]): void {
  db.insert(sources)
    .values({ key: 'quality', name: '评测', county: 'jining', adapter: 'none', settings: {}, schedule: '0 0 1 1 *' })
    .onConflictDoNothing()
    .run();
  db.$client
    .transaction(() => {
      corpus.forEach((notice, index) => {
        storeNotice(db, notice, projectId(`corpus ${Math.floor(index / NOTICES_PER_PROJECT)}`));
      });
    })
    .immediate();
}
