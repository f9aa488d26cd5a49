/** Runs in a copy of the repository that the recipes of CONTRIBUTING were followed in, and prints what came of them. */
import { existsSync } from 'node:fs';
import { describeDataModel } from '#scripts/docs/data-model.ts';
import { NOTICE_FILTER_KEYS, noticeFilter } from '#src/domain/notices/notice-filter.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import * as urls from '#src/domain/site/urls.ts';
import { type Stage, stagesOf } from '#src/domain/stages.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { parseNoticeFilter } from '#src/server/notices/parse-filter.ts';
import { getDocument } from '#src/server/openapi/document.ts';
import { API_ROUTES } from '#src/server/routes/api.ts';
import { ROUTES } from '#src/server/routes/table.ts';
import { claimMessages } from '#src/server/subscriptions/queue.ts';
import { requestSubscription } from '#src/server/subscriptions/request.ts';
import { confirmSubscription } from '#src/server/subscriptions/subscription.ts';
import { makeToken } from '#src/server/subscriptions/tokens.ts';
import * as written from '#src/server/subscriptions/write-message.ts';
import { insertNotices, openTestDatabase, SEED_NOW, seedNotices, seedSources, toSeedNotice } from './seed-notices.ts';

const { db, close } = openTestDatabase();
seedSources(db);
seedNotices(db, 60);
insertNotices(db, [{ ...toSeedNotice(60), category: 'procurement', stage: 'shortlistNotice' as string as Stage }]);

const ask = (query: string) => listNotices(db, parseNoticeFilter(new URLSearchParams(query)), SEED_NOW);
const list = (query: string) => ask(`${query}&limit=200`).items.map(({ id, deadlineAt }) => ({ id, deadlineAt }));
const key = NOTICE_FILTER_KEYS.find((each) => `${each}` === 'closing');
const document = JSON.stringify(getDocument('http://portal.example'));
const insert = db.$client.prepare('INSERT INTO announcements (id, text, published_at) VALUES (?, ?, ?)');
insert.run('a', '系统维护', SEED_NOW);
const row = API_ROUTES.find(({ path }) => path === '/api/v1/categories');
const handle = row && 'load' in row ? await row.load() : undefined;
const answered = await handle?.({ parameters: new URLSearchParams() } as Parameters<typeof handle>[0]);
const parts = { all: list(''), closing: list('closing=2026-06-20') };

// A subscription that is confirmed, and what is sent for it.
const tokenKey = Buffer.alloc(32, 1);
const wish = { channel: 'email', address: 'reader@example.com', secret: null, frequency: 'daily', filter: {} } as const;
const asked = requestSubscription(db, wish, tokenKey, SEED_NOW);
db.$client.exec("UPDATE subscription_messages SET state = 'sent'");
confirmSubscription(db, makeToken(tokenKey, 'confirm', asked), SEED_NOW);
const messages = claimMessages(db, SEED_NOW, 9);
const sender = { siteUrl: 'http://portal.example', siteName: '示例平台', tokenKey };
const { writeWelcome } = written as unknown as Record<string, (...parts: unknown[]) => { subject: string }>;
const queued = messages.map(({ kind }) => kind);
const subjects = messages.map((message) => writeWelcome?.(message, sender).subject);

console.log(
  JSON.stringify({
    filter: { ...parts, control: key && noticeFilter(key).control, isInDocument: document.includes('截止日期至') },
    stage: {
      ofTitle: stageFromTitle('某某局物业服务框架协议入围结果公告', 'procurement'),
      ofCategory: stagesOf('procurement').map((stage) => stageLabel(stage, 'procurement')),
      listed: list('stage=shortlistNotice').length,
    },
    table: {
      rows: db.$client.prepare('SELECT text FROM announcements').pluck().all(),
      isDescribed: describeDataModel().includes('What the portal tells its readers of itself.'),
    },
    page: {
      url: (urls as Record<string, unknown>).guideUrl instanceof Function,
      route: ROUTES.some(({ path }) => `${path}` === '/guide'),
      file: existsSync('src/pages/guide.astro'),
    },
    message: { queued, subjects },
    endpoint: { answer: await answered?.json(), isInDocument: document.includes('/api/v1/categories') },
  }),
);
close();
