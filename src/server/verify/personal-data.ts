import type { Db } from '#db/client.ts';
import { listRows } from '../statements.ts';
import type { Check } from './check.ts';

/** Counts personal data in a text. The detector belongs to ingest, which this layer does not import. */
export type PersonalDataDetector = (text: string) => number;

// Of facts only their words: amounts in fen can look like mobile numbers.
const PUBLIC_TEXT = `
  SELECT n.id, n.title || char(10) || t.body || char(10) ||
    coalesce((SELECT group_concat(atom, char(10)) FROM json_tree(n.facts) WHERE key = 'text'), '') AS text
  FROM published_notices n JOIN notice_texts t ON t.notice_id = n.id WHERE n.id > ? ORDER BY n.id LIMIT 500`;

/** No identity-card, mobile or bank-card number stands in anything that is public. */
export function personalDataCheck(detect: PersonalDataDetector): Check {
  return { key: 'personal-data', title: '公开文本中没有未遮盖的个人信息', find: (db) => findPersonalData(db, detect) };
}

function* findPersonalData(db: Db, detect: PersonalDataDetector): Generator<string> {
  let last = '';
  for (;;) {
    const rows = listRows<{ id: string; text: string }>(db, PUBLIC_TEXT, [last]);
    for (const { id, text } of rows) {
      const found = detect(text);
      if (found > 0) yield `${id} 有 ${found} 处`;
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}
