import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '#db/client.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { SigningGuard } from '#src/tlog/guard.ts';
import { loadKey, type SigningKey } from '#src/tlog/keys.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { Child } from './child.ts';
import { type Harness, isCaught, type Outcome, type Trial } from './harness.ts';
import { hashesOf, LOG_ORIGIN, LogLedger, readServed } from './log-parts.ts';
import { Disk } from './strace/disk.ts';
import { readTrace, recordCommand, type TracedCall } from './strace/trace.ts';

const LONGEST_LIFE_MS = 500;
const RECORDED_ROUNDS = 40;
const FOR_EVER = 1_000_000;

interface Stage {
  trial: Trial;
  keyFile: string;
  signer: SigningKey;
}

/** Kills the writer again and again at random moments; after each, what is served must be whole and nothing signed may be gone. */
async function killWriters({ trial, keyFile, signer }: Stage, kills: number): Promise<string[]> {
  const folder = join(trial.folder, 'killed');
  mkdirSync(folder);
  const [random, ledger, breaches] = [new Random('log kills', trial.seed), new LogLedger(), [] as string[]];
  for (let kill = 0; kill < kills && !isCaught(trial, breaches); kill++) {
    const child = new Child('log-writer.ts', [folder, keyFile, String(FOR_EVER)], { plant: trial.plant });
    child.onLine((line) => ledger.read(line));
    await child.waitFor('ack leaves');
    await delay(random.integer(0, LONGEST_LIFE_MS));
    child.kill('SIGKILL');
    await child.ended;
    breaches.push(...inspectServed(folder, signer, ledger).map((breach) => `kill ${kill}: ${breach}`));
    trial.advance(kill + 1);
  }
  return breaches;
}

function inspectServed(folder: string, signer: SigningKey, ledger: LogLedger): string[] {
  if (!existsSync(join(folder, 'log/checkpoint'))) return ledger.size > 0 ? ['no checkpoint is shown'] : [];
  try {
    const { checkpoint, hashes } = readServed(join(folder, 'log'), signer.key);
    const behind = checkpoint.size < ledger.size ? [`${checkpoint.size} leaves are shown, ${ledger.size} were`] : [];
    const db = openDatabase(join(folder, 'tongming.db'));
    const stored = ledger.findBreaches(hashesOf(db));
    db.$client.close();
    return [...behind, ...stored, ...ledger.findBreaches(hashes).filter((breach) => !breach.includes('lost'))];
  } catch (error) {
    return [String(error)];
  }
}

/** Cuts the power at moments of a recording; after each, the writer must go on as if nothing had happened. */
async function cutPower(stage: Stage, cuts: number, done: number): Promise<{ breaches: string[]; calls: number }> {
  const { trial, keyFile } = stage;
  const folder = join(trial.folder, 'recorded');
  mkdirSync(folder);
  const recording = join(trial.folder, 'recording');
  const parameters = [folder, keyFile, String(RECORDED_ROUNDS)];
  const child = new Child('log-writer.ts', parameters, { plant: trial.plant, wrapper: recordCommand(recording) });
  await child.ended;
  const disk = new Disk(folder);
  const calls = (await readTrace(recording)).filter((call) => isAcknowledgement(call) || disk.concerns(call));
  const [random, ledger, breaches] = [new Random('log cuts', trial.seed), new LogLedger(), [] as string[]];
  let played = 0;
  const chosen = Array.from({ length: cuts }, () => random.integer(0, calls.length)).sort((a, b) => a - b);
  for (const [number, cut] of chosen.entries()) {
    for (const call of calls.slice(played, cut)) {
      if (isAcknowledgement(call)) for (const line of call.bytes.toString().split('\n')) ledger.read(line);
      else disk.play(call);
    }
    played = Math.max(played, cut);
    const left = join(trial.folder, `cut-${number}`);
    disk.cutInto(left, random);
    const found = await goOn(left, stage, ledger).catch((error: unknown) => [`does not go on: ${String(error)}`]);
    breaches.push(...found.map((breach) => `cut at ${cut}: ${breach}`));
    removeFolder(left);
    trial.advance(done + number + 1);
  }
  return { breaches, calls: calls.length };
}

/** The next start on what a cut has left, with none of the files that are served. */
async function goOn(left: string, { signer }: Stage, ledger: LogLedger): Promise<string[]> {
  const db = openDatabase(join(left, 'tongming.db'));
  const guard = new SigningGuard(join(left, 'guard.db'));
  try {
    const forgotten = (guard.last(LOG_ORIGIN)?.size ?? 0) < ledger.size ? ['the guard forgot what was signed'] : [];
    await publishLeaves({ db, folder: join(left, 'log'), guard, signer });
    return [...forgotten, ...ledger.findBreaches(hashesOf(db))];
  } finally {
    guard.close();
    db.$client.close();
  }
}

const isAcknowledgement = ({ call, bytes }: TracedCall): boolean =>
  call === 'write' && bytes.toString().startsWith('ack ');

async function run(trial: Trial): Promise<Outcome> {
  const keyFile = join(trial.folder, 'log.pem');
  const stage = { trial, keyFile, signer: await loadKey(keyFile, LOG_ORIGIN) };
  const kills = Math.ceil(trial.runs / 4);
  const killed = await killWriters(stage, kills);
  const cut = await cutPower(stage, trial.runs - kills, kills);
  return {
    figures: `${kills} kills, ${trial.runs - kills} power cuts in ${cut.calls} recorded calls`,
    breaches: [...killed, ...cut.breaches],
  };
}

/** H8: the writer of the publication log, killed and without power at random moments. */
export const LOG: Harness = { key: 'h8', title: 'kill -9 and power cut of the log', runs: 400, needsStrace: true, run };
