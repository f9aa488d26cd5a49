import { join } from 'node:path';
import { NotFoundError } from '#src/domain/errors.ts';
import { formatVerifierKey } from '#src/domain/tlog/note.ts';
import { Witness } from '#src/tlog/witness.ts';
import { getConfig } from '../config.ts';
import type { Asked } from './asked.ts';

let opened: Promise<Witness> | undefined;

/** This portal as a witness of others. @throws NotFoundError where nobody has asked it to be one */
function getWitness(): Promise<Witness> {
  const { DATA_DIR, SITE_URL, WITNESS_LOGS } = getConfig();
  if (WITNESS_LOGS.length === 0) throw new NotFoundError('本站不为其他日志作见证');
  const name = `${SITE_URL.replace(/^https?:\/\//, '')}/witness`;
  opened ??= Witness.open(join(DATA_DIR, 'witness'), name, WITNESS_LOGS);
  return opened;
}

/** @throws NotFoundError where nobody has asked it to be a witness */
export async function answerAsWitness({ request }: Pick<Asked, 'request'>): Promise<Response> {
  const witness = await getWitness();
  const { status, type, body } = witness.addCheckpoint(await request.text(), Math.floor(Date.now() / 1_000));
  return new Response(body, { status, headers: { 'content-type': type } });
}

/** @throws NotFoundError where nobody has asked it to be a witness */
export async function loadWitnessKey(): Promise<Response> {
  const { key } = await getWitness();
  return new Response(`${formatVerifierKey(key)}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
