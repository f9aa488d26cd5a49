import { randomUUID } from 'node:crypto';
import { isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { subscriptionDeliveries, subscriptionMessages, subscriptions } from '#db/schema/subscriptions.ts';
import { aliased, bare, named } from '#db/sql-pieces.ts';
import { lastDigestAt } from '#src/domain/subscriptions/digest.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** People are told in one message, however much it is, which names the whole count. Programs get each item, so many a message. */
const MOST_ITEMS = { people: -1, programs: 500 };
/** Shortest time between two messages of a subscription: what comes meanwhile goes into one. */
const GAP_MS = 60_000;

const s = aliased(subscriptions, 's');
const m = aliased(subscriptionMessages, 'm');
const d = aliased(subscriptionDeliveries, 'd');

/** What may be put into a message now: at once, or what came before the last digest hour. */
const isRipe = (digestAt: SQL) =>
  sql`${d.messageId} IS NULL AND (${s.frequency} = 'instant' OR ${d.createdAt} < ${digestAt})`;
const TO_TELL = sql`${named(d)} JOIN ${named(s)} ON ${s.id} = ${d.subscriptionId}`;

/** Subscriptions with something to tell, none of whose messages is still on its way. */
const READY = defineSelect((p: Params<{ digestAt: Instant; gapStart: Instant }>) => ({
  fields: { id: subscriptions.id, channel: subscriptions.channel },
  rest: sql`FROM ${subscriptions}
    WHERE ${subscriptions.id} IN (SELECT ${d.subscriptionId} FROM ${TO_TELL} WHERE ${isRipe(p.digestAt)})
    AND NOT EXISTS (SELECT 1 FROM ${named(m)} WHERE ${m.subscriptionId} = ${subscriptions.id}
      AND (${m.state} = 'pending' OR (${m.kind} = 'notices' AND ${m.createdAt} > ${p.gapStart})))`,
}));
const MESSAGE = defineQuery((db, p: Params<{ id: string; subscriptionId: string; now: Instant }>) =>
  db.insert(subscriptionMessages).values({
    id: p.id,
    subscriptionId: p.subscriptionId,
    kind: 'notices',
    state: 'pending',
    attempts: 0,
    dueAt: p.now,
    createdAt: p.now,
  }),
);
const FILL = defineStatement(
  (p: Params<{ message: string; subscriptionId: string; digestAt: Instant; most: number }>) => sql`
    UPDATE ${subscriptionDeliveries} SET ${bare(subscriptionDeliveries.messageId)} = ${p.message} WHERE rowid IN (
      SELECT d.rowid FROM ${TO_TELL} WHERE ${d.subscriptionId} = ${p.subscriptionId} AND ${isRipe(p.digestAt)}
      ORDER BY ${d.createdAt}, d.rowid LIMIT ${p.most})`,
);
const WAITING = defineQuery((db) =>
  db
    .select({ waits: sql<number>`1` })
    .from(subscriptionDeliveries)
    .where(isNull(subscriptionDeliveries.messageId))
    .limit(1),
);

/**
 * Puts what is to be told into messages, in one transaction: at once, or what came before the last digest hour. What a message holds
 * never changes afterwards, so that an attempt repeated after a crash tells the same under the same id. Returns their number.
 */
export function batchDeliveries(db: Db, now: Instant, digestHour: number): number {
  const digestAt = lastDigestAt(now, digestHour);
  const gapStart = new Date(Date.parse(now) - GAP_MS).toISOString();
  const batch = () => {
    const ready = READY.all(db, { digestAt, gapStart });
    for (const { id, channel } of ready) {
      const message = randomUUID();
      MESSAGE.run(db, { id: message, subscriptionId: id, now });
      const most = channel === 'webhook' ? MOST_ITEMS.programs : MOST_ITEMS.people;
      FILL.run(db, { message, subscriptionId: id, digestAt, most });
    }
    return ready.length;
  };
  return WAITING.first(db) ? db.$client.transaction(batch).immediate() : 0;
}
