import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { toBase64 } from '#src/domain/tlog/bytes.ts';
import { LOGGED, type Verifiable } from '#src/domain/tlog/subjects.ts';
import type { StoredLeaf } from '#src/tlog/read/leaves.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { refuseParameters } from '../../parameters.ts';
import { openVersion, proveVersion, readEvidence } from '../../publication-log/evidence.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { logEvidenceSchema, openedVersionSchema } from './schema.ts';

const toItem = ({ leafIndex, entry }: StoredLeaf) => ({ index: leafIndex, entry });

type Of = Verifiable | null;

/** What is asked for: what the address is of, or else what its path names. @throws NotFoundError */
function typeOf(of: Of, parts: Readonly<Record<string, string>>): Verifiable {
  const type = of ?? LOGGED.find((each) => each === parts.type);
  if (!type) throw new NotFoundError('没有这一类内容');
  return type;
}

/** What the log tells about one thing. */
export const logOf =
  (of: Of): Handler<'id'> =>
  async ({ parts, parameters }) => {
    refuseParameters(parameters);
    const { leaves, checkpoint, edge } = await readEvidence(webDb(), getConfig().DATA_DIR, typeOf(of, parts), parts.id);
    return answer(logEvidenceSchema, { checkpoint, edge: edge.map(toBase64), items: leaves.map(toItem) });
  };

/** A version with its salt. */
export const versionOf =
  (of: Of): Handler<'id' | 'version'> =>
  ({ parts, parameters }) => {
    refuseParameters(parameters);
    const { leaf, salt, content } = openVersion(
      webDb(),
      typeOf(of, parts),
      parts.id,
      toVersion(parts.version),
      new Date().toISOString(),
    );
    return answer(openedVersionSchema, { ...toItem(leaf), salt, content });
  };

/** The proof of a version, as a file. */
export const proofOf =
  (of: Of): Handler<'id' | 'version'> =>
  async ({ parts, parameters }) => {
    refuseParameters(parameters);
    const [type, { id, version }] = [typeOf(of, parts), parts];
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
