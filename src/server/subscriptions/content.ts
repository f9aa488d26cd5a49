import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { NewsKind } from '#src/domain/subscriptions/news.ts';
import { listSubstantialChanges, type SubstantialChange } from '#src/domain/subscriptions/substance.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import type { Instant, TimePrecision } from '#src/domain/time/time.ts';
import { findVersionPair, type ReadContent } from './versions.ts';

/** A notice that a message tells of, as it is public at the moment of sending. */
export interface PublicItem {
  kind: Exclude<NewsKind, 'withdrawn'>;
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  publishedAt: Instant;
  publishedPrecision: TimePrecision;
  deadlineAt: Instant | null;
  deadlinePrecision: MomentPrecision | null;
  amountFen: number | null;
  changes: SubstantialChange[];
}

/** A notice that is public no longer: nothing of it is said but that. */
export interface WithdrawnItem {
  kind: 'withdrawn';
  id: string;
}

export type MessageItem = PublicItem | WithdrawnItem;

interface Row extends Omit<PublicItem, 'kind' | 'changes'> {
  /** Null columns but for the id when the notice is not public. */
  isPublic: 0 | 1;
  kinds: string;
  /** Lowest and highest version that the message tells of. */
  first: number;
  last: number;
  wasTold: 0 | 1;
}

const ITEMS = `
  SELECT d.notice_id AS id, group_concat(d.kind) AS kinds, min(d.version) AS first, max(d.version) AS last,
    n.id IS NOT NULL AS isPublic, n.title, n.category, n.stage, n.county, n.published_at AS publishedAt,
    n.published_precision AS publishedPrecision, n.deadline_at AS deadlineAt, n.deadline_precision AS deadlinePrecision, n.amount_fen AS amountFen,
    EXISTS (SELECT 1 FROM subscription_deliveries e JOIN subscription_messages m ON m.id = e.message_id
      WHERE e.subscription_id = d.subscription_id AND e.notice_id = d.notice_id AND m.state = 'sent') AS wasTold
  FROM subscription_deliveries d LEFT JOIN published_notices n ON n.id = d.notice_id
  WHERE d.message_id = ? GROUP BY d.notice_id ORDER BY min(d.created_at), n.published_at, d.notice_id`;

/**
 * What a message says, one item a notice. What was withdrawn since is left out, or told as withdrawn to those who had been told of
 * it; so the list may be empty.
 */
export function listMessageItems(db: Db, read: ReadContent, messageId: string): MessageItem[] {
  return listRows<Row>(db, ITEMS, [messageId]).flatMap((row): MessageItem[] => {
    if (row.isPublic) return [toPublicItem(db, read, row)];
    return row.wasTold && row.kinds.includes('withdrawn') ? [{ kind: 'withdrawn', id: row.id }] : [];
  });
}

function toPublicItem(db: Db, read: ReadContent, row: Row): PublicItem {
  const { isPublic: _public, kinds, first, last, wasTold: _told, ...notice } = row;
  const kind = (['created', 'restored'] as const).find((one) => kinds.includes(one)) ?? 'changed';
  const pair = kind === 'changed' ? findVersionPair(db, read, row.id, last, first - 1) : undefined;
  return { ...notice, kind, changes: pair ? listSubstantialChanges(...pair) : [] };
}
