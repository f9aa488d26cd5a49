import { InputError } from '#src/domain/errors.ts';
import { toBase64 } from '#src/domain/tlog/bytes.ts';
import type { Verifiable } from '#src/domain/tlog/served.ts';
import type { StoredLeaf } from '#src/tlog/read/leaves.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { refuseParameters } from '../../parameters.ts';
import { openVersion, proveVersion, readEvidence } from '../../publication-log/evidence.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { logEvidenceSchema, openedVersionSchema } from './schema.ts';

const toItem = ({ leafIndex, entry }: StoredLeaf) => ({ index: leafIndex, entry });

/** What the log tells about one thing. */
export const logOf =
  (type: Verifiable): Handler<'id'> =>
  async ({ parts: { id }, parameters }) => {
    refuseParameters(parameters);
    const { leaves, checkpoint, edge } = await readEvidence(webDb(), getConfig().DATA_DIR, type, id);
    return answer(logEvidenceSchema, { checkpoint, edge: edge.map(toBase64), items: leaves.map(toItem) });
  };

/** A version with its salt. */
export const versionOf =
  (type: Verifiable): Handler<'id' | 'version'> =>
  ({ parts: { id, version }, parameters }) => {
    refuseParameters(parameters);
    const { leaf, salt, content } = openVersion(webDb(), type, id, toVersion(version), new Date().toISOString());
    return answer(openedVersionSchema, { ...toItem(leaf), salt, content });
  };

/** The proof of a version, as a file. */
export const proofOf =
  (type: Verifiable): Handler<'id' | 'version'> =>
  async ({ parts: { id, version }, parameters }) => {
    refuseParameters(parameters);
    const proof = await proveVersion(webDb(), getConfig().DATA_DIR, { type, id, version: toVersion(version) });
    const name = `${type}-${id}-${version}.tlog-proof`;
    return new Response(proof, {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
    });
  };

/** @throws InputError for what is no version */
function toVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InputError([{ name: 'version', message: '版本号是从 1 起的整数' }]);
  return Number(text);
}
