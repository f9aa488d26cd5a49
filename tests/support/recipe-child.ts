/** Runs in a copy of the repository that the recipes of CONTRIBUTING were followed in, and prints what came of them. */
import { existsSync } from 'node:fs';
import { describeDataModel } from '#scripts/docs/data-model.ts';
import { NOTICE_FILTER_KEYS, noticeFilter } from '#src/domain/notices/notice-filter.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import * as urls from '#src/domain/site/urls.ts';
import { stagesOf } from '#src/domain/stages.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { parseNoticeFilter } from '#src/server/notices/parse-filter.ts';
import { getDocument } from '#src/server/openapi/document.ts';
import { API_ROUTES } from '#src/server/routes/api.ts';
import { ROUTES } from '#src/server/routes/table.ts';
import { insertNotices, openTestDatabase, SEED_NOW, seedNotices, seedSources, toSeedNotice } from './seed-notices.ts';

const { db, close } = openTestDatabase();
seedSources(db);
seedNotices(db, 60);
insertNotices(db, [{ ...toSeedNotice(60), category: 'procurement', stage: 'shortlistNotice' }]);

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
      url: (urls as Record<string, unknown>).aboutUrl instanceof Function,
      route: ROUTES.some(({ path }) => path === '/about'),
      file: existsSync('src/pages/about.astro'),
    },
    endpoint: { answer: await answered?.json(), isInDocument: document.includes('/api/v1/categories') },
  }),
);
close();
