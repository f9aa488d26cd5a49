import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { subscriptionMessages, subscriptions } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { maskAddress } from '#src/server/subscriptions/address.ts';
import { dismissDead, retryDead } from '#src/server/subscriptions/operate.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** A message that is tried no more. Its address is masked. */
export interface DeadMessage extends Owned {
  list: 'messages';
  id: string;
  state: 'pending' | 'sent' | 'dead' | 'dismissed';
  channel: string;
  kind: string;
  attempts: number;
  createdAt: Instant;
  error: string | null;
}

const m = aliased(subscriptionMessages, 'm');
const s = aliased(subscriptions, 's');
const ROWS = defineSelect((p: Params<{ since: string; id: string; limit: number }>) => ({
  fields: { id: m.id, since: m.dueAt, error: m.error, channel: s.channel, address: s.address, attempts: m.attempts },
  rest: sql`FROM ${named(m)} JOIN ${named(s)} ON ${s.id} = ${m.subscriptionId}
    WHERE ${m.state} = 'dead' AND (${m.dueAt}, ${m.id}) > (${p.since}, ${p.id}) ORDER BY ${m.dueAt}, ${m.id} LIMIT ${p.limit}`,
}));
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      id: subscriptionMessages.id,
      state: subscriptionMessages.state,
      channel: subscriptions.channel,
      address: subscriptions.address,
      kind: subscriptionMessages.kind,
      attempts: subscriptionMessages.attempts,
      createdAt: subscriptionMessages.createdAt,
      error: subscriptionMessages.error,
    })
    .from(subscriptionMessages)
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionMessages.subscriptionId))
    .where(and(eq(subscriptionMessages.id, p.id)))
    .orderBy(asc(subscriptionMessages.id)),
);
const FORM = z.object({ act: z.enum(['retry', 'dismiss'], '请选择要做的操作'), reason: reasonField });

export const messages: WorkList<DeadMessage> = {
  rows(db, { county, after, limit }) {
    if (county !== null) return [];
    return ROWS.all(db, { ...after, limit }).map(({ id, since, error, channel, address, attempts }) => ({
      ...{ id, since, county: null, title: maskAddress(channel, address) },
      detail: `试过 ${attempts} 次：${error ?? '原因不明'}`,
    }));
  },
  item(db, id) {
    const row = FIND.first(db, { id });
    if (!row) throw new NotFoundError('没有这条消息');
    const { address, ...own } = row;
    return { list: 'messages', ...own, counties: [null], title: maskAddress(row.channel, address) };
  },
  act(db, { id, state }, values, by) {
    const { act, reason } = parseForm(FORM, values);
    if (state !== 'dead') throw new ConflictError('这条消息刚被处理过，请看过再决定');
    if (act === 'retry') retryDead(db, id, by.now);
    else dismissDead(db, id);
    return { reason, details: { act } };
  },
};
