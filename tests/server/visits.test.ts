import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { VisitCounter } from '#src/server/visits/counter.ts';
import { listVisitDays, listVisitPages } from '#src/server/visits/figures.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let db: Db;
let close: () => void;
beforeEach(() => {
  ({ db, close } = openTestDatabase());
});
afterEach(() => close());

const DAY = '2026-06-15';
const answered = (path: string, { status = 200, method = 'GET' } = {}) => ({ method, path, status });

it('visits are counted by day and kind of page, and nothing else of them is kept', async () => {
  const failures: unknown[] = [];
  let isBusy = true;
  const write = async (work: (db: Db) => void) => {
    if (isBusy) throw new Error('busy');
    db.$client.transaction(() => work(db)).immediate();
  };
  const counter = new VisitCounter(write, (error) => failures.push(error));
  const visit = (path: string, answer = {}) => counter.count(answered(path, answer), DAY);
  visit('/notice/k3vq7mzt2f5a');
  visit('/notice/aaaaaaaaaaaa');
  visit('/search?q=%E5%BC%A0%E4%B8%89');
  visit('/notices', { status: 304 });
  for (const path of ['/api/v1/notices', '/log/checkpoint', '/favicon.svg', '/staff']) visit(path);
  visit('/notices', { status: 404 });
  visit('/notices', { method: 'HEAD' });
  await counter.flush();
  expect(failures).toHaveLength(1);
  isBusy = false;
  visit('/notices');
  await counter.stop();
  expect(listVisitPages(db, DAY)).toEqual([
    { page: '/notice/{id}', count: 2 },
    { page: '/notices', count: 2 },
    { page: '/search', count: 1 },
  ]);
  expect(listVisitDays(db, DAY)).toEqual([{ day: DAY, count: 5 }]);
  expect(JSON.stringify(db.$client.prepare('SELECT * FROM visits').all())).not.toMatch(/张|%E5|k3vq/);
});
