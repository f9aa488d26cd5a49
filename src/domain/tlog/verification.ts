import { sha256 } from '@noble/hashes/sha2.js';
import type { Instant } from '../time/time.ts';
import { fromBase64, toUtf8 } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Leaf, parseLeaf } from './leaf.ts';
import {
  completeNodes,
  consistencyRanges,
  type Hash,
  hashLeaf,
  hashRange,
  inclusionRanges,
  isConsistent,
  isIncluded,
  type Node,
  type Range,
} from './merkle.ts';
import { parseNote, parseVerifierKey } from './note.ts';
import { parseWitnesses } from './policy.ts';
import { apiLoggedVersionUrl, apiLogUrl, logFileUrl } from './served.ts';
import { LOG_SUBJECTS, type Verifiable } from './subjects.ts';
import { decodeHashes, readTiles, tilePath, tilesOf } from './tiles.ts';
import { verifyNote } from './verify-note.ts';

/** Fetches a path of the site. @throws Error when it cannot be had */
export type Get = (path: string) => Promise<Response>;

/** What was found out about one thing that was asked. */
export interface Finding {
  holds: boolean;
  text: string;
}

/** What a browser keeps of the log, to notice when another course of events is told later. */
export interface Seen {
  vkey: string;
  /** The signed checkpoint. */
  checkpoint: string;
}

export interface VerifiedLeaf {
  index: number;
  leaf: Leaf;
  findings: Finding[];
}

export interface Verification {
  /** About the log as a whole. */
  log: Finding[];
  /** Witnesses that the policy names, and when each saw this checkpoint; null of one that has not signed it yet. */
  witnesses: { name: string; at: Instant | null }[];
  leaves: VerifiedLeaf[];
  /** To be kept, when everything about the log holds. */
  seen: Seen | null;
}

const SHOWN = new Set<Leaf['kind']>(['publish', 'restore', 'mask']);

/** A checkpoint that is believed, with a reader of what its tree holds. */
interface Tree extends Checkpoint {
  hash(ranges: readonly Range[]): Promise<Hash[]>;
}

/**
 * Verifies everything that the log tells about something, with tiles fetched from the log: signature, edge of the tree, consistency with
 * what was seen before, inclusion of every record, and the content of every version that is still public.
 * @throws Error when something that is needed cannot be had
 */
export async function verifyInLog(get: Get, type: Verifiable, id: string, before: Seen | null): Promise<Verification> {
  const [evidence, vkey, policy] = await Promise.all([
    getJson<{ checkpoint: string; edge: string[]; items: { index: number; entry: string }[] }>(
      get,
      apiLogUrl(type, id),
    ),
    getText(get, logFileUrl('vkey')),
    getText(get, logFileUrl('policy.txt')),
  ]);
  const key = before?.vkey ?? vkey.trim();
  const { tree, findings } = openTree(get, evidence, key);
  if (!tree) return { log: findings, witnesses: [], leaves: [], seen: null };
  const cosigned = listCosignatures(evidence.checkpoint, policy);
  findings.push(...cosigned.findings);
  findings.push(...(await compareWithSeen(tree, before)));
  const leaves: VerifiedLeaf[] = [];
  for (const { index, entry } of evidence.items) {
    const leaf = parseLeaf(entry);
    leaves.push({ index, leaf, findings: await verifyLeaf(get, tree, { type, index, entry, leaf }, evidence.items) });
  }
  const holds = findings.every((finding) => finding.holds);
  return {
    log: findings,
    witnesses: cosigned.witnesses,
    leaves,
    seen: holds ? { vkey: successor(evidence.checkpoint, key, vkey.trim()), checkpoint: evidence.checkpoint } : null,
  };
}

/** The key that the log has today, where it signs beside the one that was believed so far: then that one vouches for it. */
const successor = (checkpoint: string, believed: string, served: string): string =>
  checkSignature(checkpoint, served).checkpoint ? served : believed;

function openTree(
  get: Get,
  { checkpoint: source, edge }: { checkpoint: string; edge: readonly string[] },
  vkey: string,
): { tree: Tree | null; findings: Finding[] } {
  const signed = checkSignature(source, vkey);
  if (!signed.checkpoint) return { tree: null, findings: [signed.finding] };
  const { size, root } = signed.checkpoint;
  const nodes = completeNodes({ from: 0, to: size });
  const known = new Map(nodes.map((node, at) => [keyOf(node), fromBase64(edge[at] ?? '')] as const));
  const folded = hashRange({ from: 0, to: size }, (node) => known.get(keyOf(node)) ?? new Uint8Array());
  const isWhole = equal(folded, root);
  const findings = [
    signed.finding,
    {
      holds: isWhole,
      text: `日志共 ${size.toLocaleString('zh-CN')} 条记录，树根与检查点${isWhole ? '一致' : '不一致'}`,
    },
  ];
  return { tree: isWhole ? { ...signed.checkpoint, hash: readerOf(get, size, known) } : null, findings };
}

function checkSignature(source: string, vkey: string): { checkpoint: Checkpoint | null; finding: Finding } {
  try {
    const note = parseNote(source);
    const [verified] = verifyNote(note, [parseVerifierKey(vkey)]);
    if (!verified) return { checkpoint: null, finding: { holds: false, text: '检查点没有本站公钥的签名' } };
    return { checkpoint: parseCheckpoint(note.text), finding: { holds: true, text: `检查点的签名有效（${vkey}）` } };
  } catch {
    return { checkpoint: null, finding: { holds: false, text: '检查点的签名无效' } };
  }
}

/** Who of the witnesses has signed a checkpoint; a signature that is false is told as a finding. */
export function listCosignatures(
  source: string,
  policy: string,
): { witnesses: Verification['witnesses']; findings: Finding[] } {
  const note = parseNote(source);
  const findings: Finding[] = [];
  const witnesses = parseWitnesses(policy).keys.map((key) => {
    try {
      const [verified] = verifyNote(note, [key]);
      return { name: key.name, at: verified?.time ? new Date(verified.time * 1_000).toISOString() : null };
    } catch {
      findings.push({ holds: false, text: `见证方 ${key.name} 的签名无效` });
      return { name: key.name, at: null };
    }
  });
  return { witnesses, findings };
}

const keyOf = ({ level, index }: Node) => `${level}/${index}`;
const equal = (one: Uint8Array, other: Uint8Array) => String(one) === String(other);

/** Reads hashes of ranges out of what is known and of tiles, each of which is fetched once. */
function readerOf(get: Get, size: number, known: ReadonlyMap<string, Hash>): Tree['hash'] {
  const fetched = new Map<string, Promise<Hash[]>>();
  return async (ranges) => {
    const asked = ranges.flatMap(completeNodes).filter((node) => !known.has(keyOf(node)));
    const tiles = new Map<string, Hash[]>();
    for (const tile of tilesOf(asked, size)) {
      const path = tilePath(tile);
      const fetching =
        fetched.get(path) ??
        get(logFileUrl(path)).then(async (response) =>
          decodeHashes(new Uint8Array(await response.arrayBuffer()), tile.width),
        );
      fetched.set(path, fetching);
      tiles.set(path, await fetching);
    }
    const read = readTiles(size, (tile) => tiles.get(tilePath(tile)) ?? []);
    return ranges.map((range) => hashRange(range, (node) => known.get(keyOf(node)) ?? read(node)));
  };
}

async function compareWithSeen(tree: Tree, before: Seen | null): Promise<Finding[]> {
  if (!before) return [];
  const old = parseCheckpoint(parseNote(before.checkpoint).text);
  if (old.size > tree.size) return [{ holds: false, text: `日志比本浏览器上次看到的短（上次 ${old.size} 条）` }];
  const proof = await tree.hash(consistencyRanges(old.size, tree.size));
  const holds = old.origin === tree.origin && isConsistent(old, tree, proof);
  return [
    {
      holds,
      text: holds ? `与本浏览器上次看到的（${old.size} 条）一致，只有新增` : '与本浏览器上次看到的不一致：日志被改写过',
    },
  ];
}

async function verifyLeaf(
  get: Get,
  tree: Tree,
  { type, index, entry, leaf }: { type: Verifiable; index: number; entry: string; leaf: Leaf },
  items: readonly { index: number }[],
): Promise<Finding[]> {
  if (index >= tree.size) return [{ holds: true, text: '刚刚写入，几秒后进入检查点' }];
  const proof = await tree.hash(inclusionRanges(index, tree.size));
  const holds = isIncluded(hashLeaf(toUtf8(entry)), index, tree.size, proof, tree.root);
  const findings = [{ holds, text: holds ? `记录在日志中，序号 ${index}` : `记录不在日志的第 ${index} 位` }];
  const before = items[items.findIndex((item) => item.index === index) - 1]?.index ?? null;
  if (leaf.prev !== before) findings.push({ holds: false, text: '同一内容的前一条记录没有给出' });
  if (SHOWN.has(leaf.kind)) findings.push(...(await verifyContent(get, type, leaf, items.at(-1)?.index === index)));
  return findings;
}

async function verifyContent(get: Get, type: Verifiable, leaf: Leaf, isLast: boolean): Promise<Finding[]> {
  if (LOG_SUBJECTS[type].content === 'receipt') return [{ holds: true, text: '内容密封，凭回执自行核对' }];
  const path = apiLoggedVersionUrl(type, leaf.id, leaf.version);
  const opened = await getJson<{ salt: string | null; content: string | null; entry: string }>(get, path);
  // A later masking opens with a salt of its own: what was there before can be opened by nobody.
  if (parseLeaf(opened.entry).sha256 !== leaf.sha256) return [];
  if (opened.salt === null || opened.content === null) {
    return [{ holds: !isLast, text: '内容已不公开，只能核验记录本身' }];
  }
  const holds = toHex(sha256(toUtf8(opened.salt + opened.content))) === leaf.sha256;
  return [
    { holds, text: holds ? `第 ${leaf.version} 版的内容就是当时发布的` : `第 ${leaf.version} 版的内容与记录不符` },
  ];
}

const toHex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const getText = async (get: Get, path: string): Promise<string> => (await get(path)).text();

async function getJson<Value>(get: Get, path: string): Promise<Value> {
  const response = await get(path);
  return (await response.json()) as Value;
}
