import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { DRAFT_NOW, DraftRig } from './draft-rig.ts';
import { removeFolder } from './remove-folder.ts';
import { openTestDatabase } from './seed-notices.ts';

const CHILD = join(import.meta.dirname, 'release-child.ts');
const HOOK = join(import.meta.dirname, '../faults/children/plant-hook.ts');

/** Drafts that are due: a call, and what withdraws one that is published. */
export interface ReleaseStage {
  path: string;
  close(): void;
}

/** A database with a notice that is approved and due, and a withdrawal of another one that is published. */
export async function stageReleases(): Promise<ReleaseStage> {
  const { db, path, close } = openTestDatabase();
  const rig = new DraftRig(db);
  const team = rig.team('qufu');
  const first = await rig.approved('qufu', team);
  await runChild(path, 0);
  const row = db.$client.prepare('SELECT notice_id FROM drafts WHERE id = ?').pluck().get(first.id) as string;
  const withdrawal = { action: 'withdraw', original: row, reason: '内容有误，另行发布' } as const;
  await rig.approved('qufu', team, rig.content(withdrawal));
  await rig.approved('qufu', team, rig.content({ title: '虚构市第二小学图书采购公告' }));
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
  return { path, close };
}

/** `plant` names a bug that the process is to have (tests/faults/plants.ts). */
async function runChild(path: string, step: number, plant = ''): Promise<{ killed: boolean; statements: number }> {
  const hook = plant === '' ? [] : ['--import', HOOK];
  const child = spawn(process.execPath, [...hook, CHILD, path, DRAFT_NOW, String(step)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FAULT_PLANT: plant },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { killed: signal === 'SIGKILL', statements: Number(/ended (\d+)/.exec(output)?.[1] ?? 0) };
}

/** Statements that publishing everything that is due takes. */
export async function countSteps({ path }: ReleaseStage): Promise<number> {
  const copy = copyOf(path);
  const { statements } = await runChild(copy.path, 0);
  copy.drop();
  return statements;
}

/** Kills a release before a statement, lets the next one go on, and says what is not as if nothing had happened. */
export async function killAt(
  { path }: ReleaseStage,
  step: number,
  plant = '',
): Promise<{ killed: boolean; breaches: string[] }> {
  const copy = copyOf(path);
  const { killed } = await runChild(copy.path, step, plant);
  const between = findBreaches(copy.path, 'at most');
  await runChild(copy.path, 0);
  const breaches = [...between, ...findBreaches(copy.path, 'exactly'), ...(await findBroken(copy.path))];
  copy.drop();
  return { killed, breaches: breaches.map((breach) => `killed before statement ${step}: ${breach}`) };
}

function copyOf(path: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-release-'));
  const copy = join(folder, 'tongming.db');
  copyFileSync(path, copy);
  return { path: copy, drop: () => removeFolder(folder) };
}

/** Each draft has one version, one event and one audit row of its release, or, in between, none of them. */
function findBreaches(path: string, how: 'at most' | 'exactly'): string[] {
  const db = openDatabase(path);
  const rows = db.$client
    .prepare(
      `SELECT d.title, d.state = 'published' OR d.state = 'withdrawn' AS is_out,
         (SELECT count(*) FROM draft_events e WHERE e.draft_id = d.id AND e.event = 'release') AS events,
         (SELECT count(*) FROM audit_events a WHERE a.subject = 'draft:' || d.id AND a.action = 'draft.release') AS audits,
         (SELECT count(*) FROM notice_revisions r WHERE r.notice_id = d.notice_id AND r.version = d.notice_version) AS versions
       FROM drafts d`,
    )
    .all() as { title: string; is_out: number; events: number; audits: number; versions: number }[];
  const notices = db.$client.prepare('SELECT count(*) FROM notices').pluck().get() as number;
  const revisions = db.$client.prepare('SELECT count(*) FROM notice_revisions').pluck().get() as number;
  const leaves = db.$client.prepare('SELECT count(*) FROM log_leaves').pluck().get() as number;
  db.$client.close();
  const breaches = rows.flatMap(({ title, is_out, events, audits, versions }) =>
    events === is_out && audits === is_out && versions === is_out
      ? []
      : [`《${title}》: ${[is_out, events, audits, versions]}`],
  );
  if (rows.filter(({ is_out }) => is_out === 1).length !== revisions || leaves !== revisions)
    breaches.push(`${revisions} versions, ${leaves} leaves`);
  if (how === 'exactly' && (notices !== 2 || revisions !== 3))
    breaches.push(`${notices} notices, ${revisions} versions`);
  return breaches;
}

async function findBroken(path: string): Promise<string[]> {
  const db = openDatabase(path);
  const checks = DATABASE_CHECKS.filter(({ key }) => !key.includes('index'));
  const found = (await verifyInvariants(db, checks)).filter(({ breaches }) => breaches > 0);
  db.$client.close();
  return found.map(({ key }) => `verify ${key}`);
}
