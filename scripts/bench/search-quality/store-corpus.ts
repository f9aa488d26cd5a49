import type { Db } from '#db/client.ts';
import { codeKeys } from '#src/domain/identifiers/code-keys.ts';
import { projectId } from '#src/domain/identifiers/ids.ts';
import type { CorpusNotice } from './corpus.ts';

const NOTICE_COLUMNS =
  'id, source_key, source_item_id, version, title, category, stage, county, published_by, project_id, project_code, buyer, agency, suppliers, amount_fen, amount_kind, deadline_at, deadline_precision, published_at, published_precision, twin_key, fingerprint, first_seen_at, updated_at, last_seen_at';
/** So many notices of the corpus, one after the other, are stored as one project. */
const NOTICES_PER_PROJECT = 3;

function prepareInserts({ $client: client }: Db) {
  const insert = (table: string, columns: string, conflict = '') =>
    client.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/\w+/g, '?')}) ${conflict}`);
  const projectColumns = 'id, code, title, category, county, buyer, created_at, updated_at';
  return {
    project: insert('projects', projectColumns, 'ON CONFLICT DO NOTHING'),
    notice: insert('notices', NOTICE_COLUMNS),
    revision: insert('notice_revisions', 'notice_id, version, content_version, seal, published_at, reason'),
    content: insert('notice_contents', 'notice_id, version, content, hash, salt, policy'),
    text: insert('notice_texts', 'notice_id, body'),
    party: insert('notice_parties', 'notice_id, role, name, published_at'),
    key: insert('code_keys', 'key, notice_id, whole'),
    outbox: insert('outbox', 'kind, notice_id, version, created_at'),
  };
}

/** The part of a version's content that pages show. */
const toContent = ({ title, body }: CorpusNotice) =>
  JSON.stringify({ title, bodyHtml: `<p>${body.replaceAll('。', '。</p><p>')}</p>`, redacted: false });

function storeNotice(inserts: ReturnType<typeof prepareInserts>, n: CorpusNotice, project: string): void {
  inserts.project.run(project, n.code, n.title, n.category, n.county, n.buyer, n.publishedAt, n.publishedAt);
  inserts.notice.run(
    ...[n.id, 'quality', n.id, 1, n.title, n.category, n.stage, n.county, n.county, project, n.code, n.buyer, n.agency],
    ...[
      JSON.stringify([n.supplier]),
      n.amountFen,
      'budget',
      n.deadlineAt,
      'second',
      n.publishedAt,
      'second',
      n.id,
      n.id,
    ],
    ...[n.publishedAt, n.publishedAt, n.publishedAt],
  );
  inserts.revision.run(n.id, 1, 1, n.id, n.publishedAt, 'created');
  inserts.content.run(n.id, 1, toContent(n), n.id, '', 1);
  inserts.text.run(n.id, n.body);
  const parties = { buyer: n.buyer, agency: n.agency, supplier: n.supplier };
  for (const [role, name] of Object.entries(parties)) inserts.party.run(n.id, role, name, n.publishedAt);
  for (const { key, whole } of codeKeys([n.code])) inserts.key.run(key, n.id, whole ? 1 : 0);
  inserts.outbox.run('notice.upsert', n.id, 1, n.publishedAt);
}

/** Writes the corpus as the pipeline would: project, notice, version, body, parties, code keys, outbox. */
export function storeCorpus(db: Db, corpus: readonly CorpusNotice[]): void {
  db.$client
    .prepare(
      "INSERT OR IGNORE INTO sources (key, name, county, adapter, settings, schedule) VALUES ('quality', '评测', 'jining', 'none', '{}', '0 0 1 1 *')",
    )
    .run();
  const inserts = prepareInserts(db);
  db.$client
    .transaction(() => {
      corpus.forEach((notice, index) => {
        storeNotice(inserts, notice, projectId(`corpus ${Math.floor(index / NOTICES_PER_PROJECT)}`));
      });
    })
    .immediate();
}
