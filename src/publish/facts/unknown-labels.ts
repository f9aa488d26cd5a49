import type { Db } from '#db/client.ts';
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

interface Row {
  id: string;
  content: string;
}

const CURRENT = `
  SELECT n.id, v.content FROM notices n JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version
  WHERE n.is_public = 1 ORDER BY n.id`;

/** Labels and headers met in public notices that nothing knows, the most frequent first: what operators may add to the vocabulary. */
export function listUnknownLabels(db: Db): UnknownLabel[] {
  const found = new Map<string, UnknownLabel>();
  for (const { id, content } of db.$client.prepare<[], Row>(CURRENT).iterate()) {
    const { category, stage, bodyHtml } = JSON.parse(content) as NoticeContent;
    for (const label of new Set(unknownLabels({ html: bodyHtml, category, stage }))) {
      const known = found.get(label);
      if (known) known.notices += 1;
      else found.set(label, { label, notices: 1, example: id, category, stage });
    }
  }
  return [...found.values()].sort((a, b) => b.notices - a.notices || a.label.localeCompare(b.label, 'zh'));
}
