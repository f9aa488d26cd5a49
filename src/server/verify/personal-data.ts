import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect, named, type Params } from '#db/query.ts';
import { noticeTexts, noticeVersions } from '#db/schema/index.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { n } from '../notices/conditions.ts';
import type { Check } from './check.ts';
import { listPersonalNumbers } from './personal-numbers.ts';

/** Counts personal data in a text by the rules that mask it. They belong to ingest, which this layer does not import. */
export type PersonalDataDetector = (text: string) => number;

// Of facts only their words: amounts in fen can look like mobile numbers.
const FACT_WORDS = sql`(SELECT group_concat(atom, char(10)) FROM json_tree(${n.facts}) WHERE key = 'text')`;
const PUBLIC_TEXT = defineSelect((p: Params<{ after: string }>) => ({
  fields: {
    id: n.id,
    text: sql<string>`${n.title} || char(10) || ${noticeTexts.body} || char(10) || coalesce(${FACT_WORDS}, '')`,
  },
  rest: sql`FROM ${named(n)} JOIN ${noticeTexts} ON ${noticeTexts.noticeId} = ${n.id}
    WHERE ${n.id} > ${p.after} ORDER BY ${n.id} LIMIT 500`,
}));

const { noticeId, version, content } = noticeVersions;
const VERSIONS = defineSelect(() => ({
  fields: { id: noticeId, version, content },
  rest: sql`FROM ${noticeVersions} ORDER BY ${noticeId}, ${version}`,
}));

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
    const rows = PUBLIC_TEXT.all(db, { after: last });
    for (const { id, text } of rows) {
      const found = countPersonalData(text, detect);
      if (found > 0) yield `${id} 有 ${found} 处`;
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}

function* findInVersions(db: Db, detect: PersonalDataDetector): Generator<string> {
  for (const row of VERSIONS.iterate(db)) {
    const { title, bodyHtml, fields = {}, attachments } = JSON.parse(row.content) as NoticeContent;
    const words = [title, bodyHtml, ...Object.entries(fields).flat(), ...attachments.map(({ name }) => name)];
    const found = words.reduce((sum, text) => sum + countPersonalData(text, detect), 0);
    if (found > 0) yield `${row.id} v${row.version} 有 ${found} 处`;
  }
}
