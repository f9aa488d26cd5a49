import { createHmac } from 'node:crypto';
import { lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { confirmationRequests } from '#db/schema/subscriptions.ts';
import type { Channel } from '#src/domain/subscriptions/channels.ts';
import { toMailbox } from '#src/domain/subscriptions/mailbox.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';

/** Confirmations that one mailbox, or one webhook, is sent in a day, whoever asks and however it is spelt. */
export const CONFIRMATIONS_A_DAY = 3;
/**
 * Confirmations in a day that go to one organization's mail domain, whose server may put every name into one mailbox, or to
 * signed webhooks of one host, whatever their paths: nobody's server is called at will.
 */
export const CONFIRMATIONS_A_HOST: Record<Channel, number> = {
  email: 50,
  webhook: 20,
  // The vendors' servers are everybody's.
  wecom: Number.POSITIVE_INFINITY,
  dingtalk: Number.POSITIVE_INFINITY,
  feishu: Number.POSITIVE_INFINITY,
};
/** Confirmations of the whole site in an hour: it is nobody's tool to write to strangers. */
export const CONFIRMATIONS_AN_HOUR = 200;

const HOUR_DAYS = 1 / 24;
/** Only those of the last day are kept. */
const COUNT = defineQuery((db, p: Params<{ recipient: string; host: string; since: Instant }>) =>
  db
    .select({
      ofRecipient: sql<number | null>`sum(${confirmationRequests.recipient} = ${p.recipient})`,
      ofHost: sql<number | null>`sum(${confirmationRequests.host} = ${p.host})`,
      ofSite: sql<number | null>`sum(${confirmationRequests.askedAt} > ${p.since})`,
    })
    .from(confirmationRequests),
);
const INSERT = defineQuery((db, p: Params<typeof confirmationRequests.$inferSelect>) =>
  db.insert(confirmationRequests).values({ id: p.id, recipient: p.recipient, host: p.host, askedAt: p.askedAt }),
);
const FORGET = defineQuery((db, p: Params<{ until: Instant }>) =>
  db.delete(confirmationRequests).where(lte(confirmationRequests.askedAt, p.until)),
);

/** Who is asked, and how many may be asked at that host. */
interface Recipient {
  recipient: string;
  host: string;
  mostOfHost: number;
}

/**
 * Takes the confirmation of a subscription off what may still be sent. Returns false when that is used up: nothing is to be sent
 * then. The caller holds the transaction. `key` keeps the hashes from being tried out with known addresses.
 */
export function takeConfirmation(
  db: Db,
  { id, channel, address }: { id: string; channel: Channel; address: string },
  key: Buffer,
  now: Instant,
): boolean {
  const { recipient, host, mostOfHost } = toRecipient(channel, address, key);
  forgetConfirmations(db, now);
  const counted = COUNT.first(db, { recipient, host, since: addDays(now, -HOUR_DAYS) });
  const isUsedUp =
    (counted?.ofRecipient ?? 0) >= CONFIRMATIONS_A_DAY ||
    (counted?.ofHost ?? 0) >= mostOfHost ||
    (counted?.ofSite ?? 0) >= CONFIRMATIONS_AN_HOUR;
  if (!isUsedUp) INSERT.run(db, { id, recipient, host, askedAt: now });
  return !isUsedUp;
}

/** Forgets who was asked more than a day ago. */
export function forgetConfirmations(db: Db, now: Instant): void {
  FORGET.run(db, { until: addDays(now, -1) });
}

function toRecipient(channel: Channel, address: string, key: Buffer): Recipient {
  const hash = (text: string) => createHmac('sha256', key).update(`confirmation:${text}`).digest('base64url');
  if (channel !== 'email') {
    const host = hash(new URL(address).origin);
    return { recipient: hash(address), host, mostOfHost: CONFIRMATIONS_A_HOST[channel] };
  }
  const { name, domain, isPrivate } = toMailbox(address);
  const mostOfHost = isPrivate ? CONFIRMATIONS_A_HOST.email : Number.POSITIVE_INFINITY;
  return { recipient: hash(`${name}@${domain}`), host: hash(domain), mostOfHost };
}
