import { sha256 } from '@noble/hashes/sha2.js';
import { formatDateTime } from '../time/time.ts';
import { fromUtf8, toUtf8 } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { type Leaf, parseLeaf } from './leaf.ts';
import { hashLeaf, isIncluded } from './merkle.ts';
import { parseNote, parseVerifierKey } from './note.ts';
import { parseLogProof } from './proof.ts';
import { logFileUrl } from './served.ts';
import { LOG_SUBJECTS, VERIFIABLE } from './subjects.ts';
import { type Finding, type Get, listCosignatures, verifyInLog } from './verification.ts';
import { verifyNote } from './verify-note.ts';

/** What somebody brings: a `File` of a browser has this. */
export type Brought = Pick<Blob, 'size' | 'text' | 'stream'>;

/** Versions and proofs are smaller; what is larger is taken for a bulk file. */
const MOST_TEXT = 20_000_000;
const SUMS = '/open-data/files/SHA256SUMS';

/**
 * Judges a file that was taken away earlier: a version as the API gives it, a proof, or one of the bulk files.
 * @throws Error when what is needed to judge it cannot be had
 */
export async function judgeFile(get: Get, file: Brought): Promise<Finding> {
  const text = file.size <= MOST_TEXT ? await file.text() : '';
  if (text.startsWith('c2sp.org/tlog-proof@')) return judgeProof(get, text);
  const version = readVersion(text);
  return version ? judgeVersion(get, version) : judgeBulk(get, file);
}

interface Version {
  leaf: Leaf;
  salt: string;
  content: string;
}

function readVersion(text: string): Version | null {
  try {
    const { entry, salt, content } = JSON.parse(text) as Record<string, unknown>;
    if (typeof entry !== 'string' || typeof salt !== 'string' || typeof content !== 'string') return null;
    return { leaf: parseLeaf(entry), salt, content };
  } catch {
    return null;
  }
}

/** The log is asked, not the file: what a file says of itself proves nothing. */
async function judgeVersion(get: Get, { leaf: { type, id }, salt, content }: Version): Promise<Finding> {
  const known = VERIFIABLE.find((each) => each === type);
  if (!known) return { holds: false, text: '这不是可以核验的内容' };
  const { log, leaves } = await verifyInLog(get, known, id, null);
  const doubt = log.find(({ holds }) => !holds);
  if (doubt) return doubt;
  const seal = hexOf(sha256(toUtf8(salt + content)));
  const record = leaves.find(({ leaf }) => leaf.sha256 === seal);
  const what = `${LOG_SUBJECTS[known].label} ${id}`;
  if (!record) return { holds: false, text: `这个文件不是${what}发布过的任何一个版本，或被改动过` };
  const included = record.findings[0];
  if (!included?.holds) return included ?? { holds: false, text: '没有核验' };
  const { version, at } = record.leaf;
  return {
    holds: true,
    text: `这个文件就是${what}于 ${formatDateTime(at)} 发布的第 ${version} 版（日志序号 ${record.index}）`,
  };
}

async function judgeProof(get: Get, text: string): Promise<Finding> {
  const [vkey, policy] = await Promise.all(
    ['vkey', 'policy.txt'].map(async (file) => (await get(logFileUrl(file))).text()),
  );
  try {
    const { extra, index, hashes, checkpoint: source } = parseLogProof(text);
    const note = parseNote(source);
    if (verifyNote(note, [parseVerifierKey(vkey ?? '')]).length === 0)
      return { holds: false, text: '证明不是本站公钥签名的' };
    const { size, root } = parseCheckpoint(note.text);
    if (!extra || !isIncluded(hashLeaf(extra), index, size, hashes, root)) return { holds: false, text: '证明不成立' };
    const { type, id, version, at } = parseLeaf(fromUtf8(extra));
    const what = `${LOG_SUBJECTS[type].label} ${id} 第 ${version} 版`;
    const { witnesses, findings } = listCosignatures(source, policy ?? '');
    const seen = witnesses.flatMap(({ name, at }) => (at === null ? [] : [`${name}（${formatDateTime(at)}）`]));
    const by = seen.length > 0 ? `，有见证方签名：${seen.join('、')}` : '';
    return (
      findings[0] ?? {
        holds: true,
        text: `证明成立：${what}（${formatDateTime(at)}）在 ${size} 条记录的日志中，序号 ${index}${by}`,
      }
    );
  } catch {
    return { holds: false, text: '证明不成立，或被改动过' };
  }
}

async function judgeBulk(get: Get, file: Brought): Promise<Finding> {
  const hash = sha256.create();
  for (const reader = file.stream().getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
  }
  const digest = hexOf(hash.digest());
  const sums = await (await get(SUMS)).text();
  const [, name] = sums.split('\n').flatMap((line) => (line.startsWith(digest) ? [line.split(/\s+\*?/)] : []))[0] ?? [];
  if (name) return { holds: true, text: `这就是本站现在提供的批量文件 ${name}，一字不差` };
  return {
    holds: false,
    text: `不认得这个文件（SHA-256 ${digest}）：它不是版本文件或证明，也不是现在提供的批量文件，或被改动过。批量文件每夜更新，旧文件请与下载时的 SHA256SUMS 对照。`,
  };
}

const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
