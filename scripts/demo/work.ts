import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { ingestRuns, sources, subscriptionMessages, subscriptions } from '#db/schema/index.ts';
import { addDays, type Instant, toShanghaiIso } from '#src/domain/time/time.ts';
import { MIRROR_ADAPTER } from '#src/ingest/mirror/feed.ts';
import { openConsoleRun } from '#src/publish/console-run.ts';
import { consoleSourceKey } from '#src/publish/console-source.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { completeDraft } from '#src/publish/items/complete-draft.ts';
import { storeItem } from '#src/publish/items/store-item.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { operator } from '../launch/operator.ts';

/** Where readers of the demonstration have their mail: nowhere (RFC 6761). */
export const DEMO_MAIL_HOST = 'demo.invalid';
const HELD = 'demo-held';
const MIRROR = 'demo-mirror';

/** Work in the lists that the demonstration's sites leave empty: doubtful facts, a correction without its original, a hold, a mirror, a message. Once. */
export function loadDemoWork(db: Db, now: Instant): void {
  const isThere = db.select({ key: sources.key }).from(sources).where(eq(sources.key, HELD)).get();
  if (isThere) return;
  db.$client
    .transaction(() => {
      addSources(db, now);
      addNotices(db, now);
      addDeadMessage(db, now);
    })
    .immediate();
}

/** Sources that are read by nobody: one is held, one is a mirror that fails. */
function addSources(db: Db, now: Instant): void {
  const read = { county: 'jining', settings: {}, schedule: '', lastItemCount: 0 } as const;
  const yesterday = addDays(now, -1);
  const held = '取回 12 条，上次 340 条：突然减少的部分没有当作撤回（演示）';
  db.insert(sources)
    .values([
      {
        ...{ ...read, key: HELD, name: '某区县旧站（演示，暂停采用）', adapter: 'push', heldReason: held },
        ...{ lastSuccessAt: yesterday, lastAttemptAt: yesterday },
      },
      {
        ...{ ...read, key: MIRROR, name: '某市门户的镜像（演示）', adapter: MIRROR_ADAPTER, consecutiveFailures: 3 },
        ...{ lastSuccessAt: yesterday, lastAttemptAt: yesterday, lastError: '对方网站没有回应（演示）' },
      },
    ])
    .run();
  const runs = [HELD, MIRROR].map((sourceKey) => ({ id: randomUUID(), sourceKey, startedAt: yesterday }));
  db.insert(ingestRuns)
    .values(runs.map((run) => ({ ...run, finishedAt: yesterday, state: 'succeeded' as const })))
    .run();
}

const NOTICES: readonly Pick<NoticeDraft, 'title' | 'mapping' | 'projectCode' | 'bodyHtml'>[] = [
  {
    title: '曲阜市（演示）水泵采购公告',
    mapping: { category: 'procurement', stage: 'tenderNotice' },
    projectCode: 'YS-QF-71',
    bodyHtml:
      '<p>项目名称：水泵采购（演示）</p><p>预算金额：120万元</p><p>预算金额：1300000元</p><p>投标截止时间：2026年13月40日 9时</p>',
  },
  {
    title: '曲阜市（演示）消防栓采购更正公告',
    mapping: { category: 'procurement', stage: 'correctionNotice' },
    projectCode: 'YS-QF-72',
    bodyHtml:
      '<p>项目编号：YS-QF-72</p><p>更正内容：投标截止时间更正为2026年12月30日9时30分。本公告为演示用的虚构内容。</p>',
  },
];

/** Notices whose words leave something to people, through the pipeline that all go through. */
function addNotices(db: Db, now: Instant): void {
  const sourceKey = consoleSourceKey('qufu');
  const at = addDays(now, -2);
  for (const notice of NOTICES) {
    const draft: NoticeDraft = {
      ...{ ...notice, sourceItemId: `demo ${notice.projectCode}`, rawTitle: notice.title, ownCounty: true },
      ...{ column: { code: 'demo' }, published: { raw: toShanghaiIso(at), field: 'releasedAt' } },
      ...{ attachments: [], fields: {}, extra: {} },
    };
    const hash = draftHash(draft);
    const raw = {
      sourceKey,
      sourceItemId: draft.sourceItemId,
      contentHash: hash + hash,
      listItem: JSON.stringify(draft),
    };
    const completed = completeDraft({ draft, sourceKey, publishedBy: 'qufu' });
    const runId = openConsoleRun(db, 'qufu', true, at);
    storeItem(db, { draft, known: undefined, raw, ...completed }, { runId, actor: operator('demo'), now: at });
  }
}

/** A message that was given up. */
function addDeadMessage(db: Db, now: Instant): void {
  const id = randomUUID();
  const hash = (use: string) => createHash('sha256').update(`${use} ${id}`).digest('hex');
  const at = addDays(now, -4);
  db.insert(subscriptions)
    .values({
      ...{ id, channel: 'email', address: `reader@${DEMO_MAIL_HOST}`, filter: 'county=qufu', frequency: 'daily' },
      ...{ confirmHash: hash('confirm'), manageHash: hash('manage'), createdAt: at, confirmedAt: at },
    })
    .run();
  db.insert(subscriptionMessages)
    .values({
      ...{ id: randomUUID(), subscriptionId: id, kind: 'confirm', state: 'dead', attempts: 8 },
      ...{ dueAt: at, createdAt: at, error: '收件服务器拒收：没有这个地址（演示）' },
    })
    .run();
}
