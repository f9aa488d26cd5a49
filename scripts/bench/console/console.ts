import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { like, max, sql } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { changes, keyValues } from '#db/schema/index.ts';
import { fillIn } from '#scripts/demo/drafts/fill-form.ts';
import { demoSession } from '#scripts/demo/session.ts';
import { createDemoStaff } from '#scripts/demo/staff.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { emptyContent } from '#src/domain/drafts/content.ts';
import type { PersonEvent } from '#src/domain/drafts/transitions.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { listUrl, noticeUrl, searchUrl } from '#src/domain/site/urls.ts';
import { draftsUrl, draftUploadUrl } from '#src/domain/staff/urls.ts';
import { consoleSourceKey } from '#src/publish/console-source.ts';
import { DraftDesk } from '#src/staff/drafts/desk.ts';
import type { DraftRow } from '#src/staff/drafts/store.ts';
import { type Figure, median, type Part, percentile } from '../figures.ts';
import { readMemory } from '../memory.ts';
import { generateCorpus } from '../search-quality/corpus.ts';
import { storeCorpus } from '../search-quality/store-corpus.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { startStaff } from './staff.ts';
import { upload } from './upload.ts';

const LOOK_MS = 20;
const PATIENCE_MS = 600_000;
const AUTHOR = 'qufu.jingban';
/** What is done with a draft before it is released, and by whom. */
const STEPS: readonly (readonly [who: string, event: Exclude<PersonEvent, 'edit'>])[] = [
  [AUTHOR, 'submit'],
  ['bianji', 'determineOpen'],
  ['chushen', 'approveFirst'],
  ['fushen', 'approveFinal'],
];
/** Drafts that wait in the queues. */
const WAITING = 300;
/** The longest file that is taken, as UPLOAD_LIMIT_MB has it, and what the process may grow by while it arrives. */
const LONGEST_MB = 200;
const MOST_MB = 100;

const LAST_CHANGE = defineQuery((db) => db.select({ seq: max(changes.seq) }).from(changes));
/** Where the index that is furthest behind stands. */
const CURSOR = defineQuery((db) =>
  db
    .select({ seq: sql<number | null>`min(CAST(${keyValues.value} AS INTEGER))` })
    .from(keyValues)
    .where(like(keyValues.key, '%.cursor')),
);

/** Looks again and again. @throws Error when nothing is found in time. */
async function waitFor(what: string, look: () => Promise<boolean> | boolean): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(LOOK_MS))
    if (await look()) return;
  throw new Error(`waited too long for ${what}`);
}

/** A draft of its own number, brought as far as `steps` go. */
async function makeDraft(db: Db, desk: DraftDesk, number: number, steps: typeof STEPS): Promise<DraftRow> {
  const now = new Date().toISOString();
  const kind = { category: 'procurement', stage: 'tenderNotice' } as const;
  const content = emptyContent({
    ...{ ...kind, title: `曲阜市第${number}号基准量测设备采购公告`, bodyHtml: `<p>基准量测第 ${number} 号。</p>` },
    fields: fillIn(kind, now, { projectCode: `JZLC-${number}` }),
  });
  let row = await desk.create(demoSession(db, AUTHOR, now), 'qufu', content);
  for (const [who, event] of steps)
    row = await desk.act(demoSession(db, who, new Date().toISOString()), row, { event, reason: '已核对' });
  return row;
}

/** Seconds from the last approval until the notice is on its page, in search, in a feed and among the changes. */
async function publish(rig: { db: Db; desk: DraftDesk; url: string }, number: number): Promise<number> {
  const { db, desk, url } = rig;
  const { id } = await makeDraft(db, desk, number, STEPS);
  const began = performance.now();
  const notice = noticeId(consoleSourceKey('qufu'), id);
  const names = async (path: string) => (await (await fetch(url + path)).text()).includes(notice);
  const seq = LAST_CHANGE.first(db)?.seq ?? 0;
  await Promise.all([
    waitFor('the page', async () => (await fetch(url + noticeUrl(notice))).status === 200),
    waitFor('search', () => names(`/api/v1${searchUrl({ q: `JZLC-${number}` })}`)),
    waitFor('the feed', () => names('/feeds/notices.atom')),
    waitFor('the changes', () => names(`/api/v1/changes?since=${Math.max(0, seq - 5)}`)),
  ]);
  return (performance.now() - began) / 1_000;
}

/** Milliseconds of each of some requests, one after the other. */
async function measure(count: number, ask: (number: number) => Promise<Response>): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < count; number++) {
    const began = performance.now();
    const answer = await ask(number);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${answer.url} answered ${answer.status}`);
    times.push(performance.now() - began);
  }
  return times;
}

/** Megabytes by which the console grows while the longest file that it takes arrives. @throws Error when it takes a longer one */
async function measureUpload({ db, desk, staff }: Awaited<ReturnType<typeof startRig>>): Promise<number> {
  const { id } = await makeDraft(db, desk, 800_000, []);
  const address = staff.url + draftUploadUrl(id);
  const headers = await staff.signIn(AUTHOR);
  const idle = readMemory(staff.pid, 'VmRSS');
  const taken = await upload(address, headers, LONGEST_MB);
  const memory = readMemory(staff.pid, 'VmHWM') - idle;
  if (taken.refused !== null) throw new Error(`${LONGEST_MB} MB were refused: ${taken.refused}`);
  const refused = await upload(address, headers, LONGEST_MB + 1);
  if (refused.refused === null) throw new Error(`${LONGEST_MB + 1} MB were taken`);
  progress(`${LONGEST_MB + 1} MB: ${refused.status} ${refused.refused}`);
  return memory;
}

async function startRig(workspace: Workspace, notices: number) {
  const directory = workspace.makeDirectory('console');
  const db = openDatabase(join(directory, 'tongming.db'));
  workspace.onClose(() => void db.$client.close());
  progress(`storing ${notices} notices`);
  storeCorpus(db, generateCorpus(notices));
  await createDemoStaff(db, new Date().toISOString());
  const environment = {
    DATA_DIR: directory,
    DEMO: 'false',
    MEILI_PORT: '0',
    LOG_LEVEL: 'error',
    RATE_LIMIT: '1000000',
  };
  await workspace.startScript('scripts/worker.ts', [], environment);
  progress('waiting for the index');
  await waitFor('the index', () => (LAST_CHANGE.first(db)?.seq ?? 0) <= (CURSOR.first(db)?.seq ?? 0));
  const web = await startWeb(workspace, directory, environment);
  const desk = new DraftDesk({
    db,
    write: async (write) => db.$client.transaction(() => write(db)).immediate(),
    calendar: createWorkingCalendar(),
  });
  for (let number = 0; number < WAITING; number++)
    await makeDraft(db, desk, 900_000 + number, STEPS.slice(0, 1 + (number % 3)));
  const staff = await startStaff(workspace, environment, web.url);
  return { db, desk, url: web.url, staff };
}

/** How soon what staff publish is everywhere, and what a page of their queues costs beside a list of the public site. */
export const staffConsole: Part = {
  key: 'n',
  title: 'The console: from the last approval to page, search, feed and changes; a queue beside a list',
  async run({ quick, workspace }) {
    const [notices, rounds, asked] = quick ? [5_000, 10, 20] : [100_000, 100, 100];
    const rig = await startRig(workspace, notices);
    const seconds: number[] = [];
    for (let number = 1; number <= rounds; number++) {
      seconds.push(await publish(rig, number));
      if (number % 10 === 0) progress(`published ${number} of ${rounds}`);
    }
    // A list that nobody asked for before: what is answered from memory costs nothing.
    const lists = COUNTY_SLUGS.flatMap((county) => CATEGORY_SLUGS.map((category) => listUrl({ county, category })));
    const list = await measure(Math.min(asked, lists.length), (number) => fetch(rig.url + lists[number]));
    const headers = await rig.staff.signIn('chushen');
    const queue = await measure(asked, () => fetch(rig.staff.url + draftsUrl(), { headers }));
    const memory = await measureUpload(rig);
    progress(`a list ${median(list).toFixed(1)} ms, a queue ${median(queue).toFixed(1)} ms`);
    return [
      { name: `seconds to every surface among ${notices}, median`, values: [median(seconds)] },
      { name: 'seconds to every surface, p99', values: [percentile(seconds, 0.99)], aim: { atMost: 2 } },
      {
        name: `memory of the console above idle while ${LONGEST_MB} MB arrive, MB`,
        values: [memory],
        aim: { atMost: MOST_MB },
      },
      { name: 'a queue against a list', values: [median(queue) / median(list)], aim: { atMost: 1.5 } },
    ] satisfies Figure[];
  },
};
