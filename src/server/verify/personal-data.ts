import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { Check } from './check.ts';
import { listPersonalNumbers } from './personal-numbers.ts';

/** Counts personal data in a text by the rules that mask it. They belong to ingest, which this layer does not import. */
export type PersonalDataDetector = (text: string) => number;

// Of facts only their words: amounts in fen can look like mobile numbers.
const PUBLIC_TEXT = `
  SELECT n.id, n.title || char(10) || t.body || char(10) ||
    coalesce((SELECT group_concat(atom, char(10)) FROM json_tree(n.facts) WHERE key = 'text'), '') AS text
  FROM published_notices n JOIN notice_texts t ON t.notice_id = n.id WHERE n.id > ? ORDER BY n.id LIMIT 500`;
const VERSIONS = 'SELECT notice_id AS id, version, content FROM notice_versions ORDER BY notice_id, version';

/** Numbers of persons in a text, by the rules that mask them and by the standards alone. */
export function countPersonalData(text: string, detect: PersonalDataDetector): number {
  return Math.max(detect(text), listPersonalNumbers(text).length);
}

/** No identity-card, mobile or bank-card number stands in anything that is public, or in any version. */
export function personalDataCheck(detect: PersonalDataDetector): Check {
  return {
    key: 'personal-data',
    title: '公开文本和各个版本中没有未遮盖的个人信息',
    *find(db) {
      yield* findInPublicTexts(db, detect);
      yield* findInVersions(db, detect);
    },
  };
}

function* findInPublicTexts(db: Db, detect: PersonalDataDetector): Generator<string> {
  let last = '';
  for (;;) {
    const rows = listRows<{ id: string; text: string }>(db, PUBLIC_TEXT, [last]);
    for (const { id, text } of rows) {
      const found = countPersonalData(text, detect);
      if (found > 0) yield `${id} 有 ${found} 处`;
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}

type VersionRow = { id: string; version: number; content: string };

function* findInVersions(db: Db, detect: PersonalDataDetector): Generator<string> {
  for (const row of db.$client.prepare(VERSIONS).iterate() as Iterable<VersionRow>) {
    const { title, bodyHtml, fields = {}, attachments } = JSON.parse(row.content) as NoticeContent;
    const words = [title, bodyHtml, ...Object.entries(fields).flat(), ...attachments.map(({ name }) => name)];
    const found = words.reduce((sum, text) => sum + countPersonalData(text, detect), 0);
    if (found > 0) yield `${row.id} v${row.version} 有 ${found} 处`;
  }
}
