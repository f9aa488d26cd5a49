import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { notices, noticeVersions } from '#db/schema/index.ts';
import type { Category } from '#src/domain/categories.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { Stage } from '#src/domain/stages.ts';
import { unknownLabels } from './extract.ts';

/** A label or header of stored notices that the vocabulary does not hold. */
export interface UnknownLabel {
  label: string;
  /** Notices in which it stands. */
  notices: number;
  /** One of them, and what it is. */
  example: string;
  category: Category;
  stage: Stage;
}

const CURRENT = defineSelect(() => ({
  fields: { id: notices.id, content: noticeVersions.content },
  rest: sql`FROM ${notices} JOIN ${noticeVersions}
    ON ${noticeVersions.noticeId} = ${notices.id} AND ${noticeVersions.version} = ${notices.version}
    WHERE ${notices.isPublic} = 1 ORDER BY ${notices.id}`,
}));

/** Labels and headers met in public notices that nothing knows, the most frequent first: what operators may add to the vocabulary. */
export function listUnknownLabels(db: Db): UnknownLabel[] {
  const found = new Map<string, UnknownLabel>();
  for (const { id, content } of CURRENT.iterate(db)) {
    const { category, stage, bodyHtml } = JSON.parse(content) as NoticeContent;
    for (const label of new Set(unknownLabels({ html: bodyHtml, category, stage }))) {
      const known = found.get(label);
      if (known) known.notices += 1;
      else found.set(label, { label, notices: 1, example: id, category, stage });
    }
  }
  return [...found.values()].sort((a, b) => b.notices - a.notices || a.label.localeCompare(b.label, 'zh'));
}
