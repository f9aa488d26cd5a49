#!/usr/bin/env node
// verify-log: follows a Tongming publication log and verifies it, or a proof that was taken away.
//
//   node verify-log.mjs follow https://trade.example [--key VKEY] [--policy POLICY.txt] [--state FILE] [--watch ID,ID…] [--changes]
//   node verify-log.mjs proof FILE.tlog-proof --key VKEY [--policy POLICY.txt] [--version VERSION.json]
//
// A policy names witnesses and how many of them must have signed: keep one from the day on which you began to trust the log.
//
// One file to copy: Node 20 or newer, nothing to install, nothing of the site's own code. Formats: c2sp.org/tlog-tiles,
// /tlog-checkpoint, /signed-note, /tlog-cosignature, /tlog-policy, /tlog-proof; RFC 6962 §2.1. Exit 0: everything holds. 1: something does not. 2: it could not be asked.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const TILE = 256;
const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hashLeaf = (entry) => sha256(Buffer.of(0), entry);
const hashNode = (left, right) => sha256(Buffer.of(1), left, right);

/** What does not hold: the log, not the network, is to blame. */
class Breach extends Error {}

/** Root of a complete subtree. */
const rootOf = (hashes) =>
  hashes.length === 1
    ? hashes[0]
    : hashNode(rootOf(hashes.slice(0, hashes.length / 2)), rootOf(hashes.slice(hashes.length / 2)));

/** A tree that only grows: the hashes of the last, unfinished tile of each level. */
class Tree {
  constructor(size = 0, levels = []) {
    this.size = size;
    this.levels = levels;
    /** Tiles that have become whole and were not compared yet. */
    this.whole = [];
  }

  add(leaf) {
    this.size++;
    this.raise(leaf, 0);
  }

  raise(hash, level) {
    this.levels[level] ??= [];
    const hashes = this.levels[level];
    hashes.push(hash);
    if (hashes.length < TILE) return;
    this.whole.push({ level, index: this.size / TILE ** (level + 1) - 1, hashes });
    this.levels[level] = [];
    this.raise(rootOf(hashes), level + 1);
  }

  /** Tiles to be compared: those that have become whole; at the end those that have not, too. */
  takeTiles(isEnd) {
    const partial = isEnd ? this.levels.map((hashes, level) => ({ level, index: this.indexOf(level), hashes })) : [];
    return [...this.whole.splice(0), ...partial.filter(({ hashes }) => hashes.length > 0)];
  }

  indexOf(level) {
    return Math.floor(this.size / TILE ** (level + 1));
  }

  root() {
    const subtrees = this.levels.toReversed().flatMap((hashes) => {
      const roots = [];
      for (let [at, span] = [0, TILE / 2]; span >= 1; span /= 2)
        if (at + span <= hashes.length) {
          roots.push(rootOf(hashes.slice(at, at + span)));
          at += span;
        }
      return roots;
    });
    return subtrees.length === 0 ? sha256() : subtrees.reduceRight((right, left) => hashNode(left, right));
  }
}

/** A key of a log (type 1) or of a witness (type 4). */
function parseKey(text, type = 1) {
  const [, name, id, key] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(key ?? '', 'base64');
  const expected = sha256(`${name}\n`, bytes).subarray(0, 4).toString('hex');
  if (bytes.length !== 33 || bytes[0] !== type || expected !== id) throw new Breach(`no verifier key: ${text}`);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { name, id, publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

/** The text of a note, and the signature that a key has made, without the key's id. */
function findSignature(note, key) {
  const end = note.lastIndexOf('\n\n');
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .map((line) => /^— (\S+) (\S+)$/.exec(line) ?? [])
    .map(([, name, base64]) => ({ name, bytes: Buffer.from(base64 ?? '', 'base64') }));
  const found = signatures.find(
    ({ name, bytes }) => name === key.name && bytes.subarray(0, 4).toString('hex') === key.id,
  );
  return { text: note.slice(0, end + 1), signature: found?.bytes.subarray(4) };
}

/** Whether a witness has signed a note: over the time as well, which stands before its signature. */
function isWitnessedBy(note, key) {
  const { text, signature } = findSignature(note, key);
  if (signature?.length !== 72) return false;
  const signed = `cosignature/v1\ntime ${signature.readBigUInt64BE()}\n${text}`;
  return verify(null, Buffer.from(signed), key.publicKey, signature.subarray(8));
}

/** Holds a note against a policy: enough of its witnesses must have signed. */
function demandWitnesses(note, file) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const signed = new Set(
    lines.flatMap(([word, name, key]) => (word === 'witness' && isWitnessedBy(note, parseKey(key, 4)) ? [name] : [])),
  );
  for (const [word, name, most, ...members] of lines) {
    if (word !== 'group') continue;
    const needed = most === 'all' ? members.length : most === 'any' ? 1 : Number(most);
    if (members.filter((member) => signed.has(member)).length >= needed) signed.add(name);
  }
  const quorum = lines.find(([word]) => word === 'quorum')?.[1];
  if (quorum === undefined) throw new Error(`${file} demands nothing`);
  if (quorum !== 'none' && !signed.has(quorum)) throw new Breach('not enough witnesses have signed the checkpoint');
}

/** The checkpoint of a note that the key has signed. */
function openCheckpoint(note, key) {
  const { text, signature } = findSignature(note, key);
  const isSigned = signature !== undefined && verify(null, Buffer.from(text), key.publicKey, signature);
  if (!isSigned) throw new Breach('the checkpoint is not signed by the key');
  const [origin, size, root] = text.split('\n');
  if (origin !== key.name || !/^\d+$/.test(size)) throw new Breach('this is not a checkpoint of the log of the key');
  return { size: Number(size), root: Buffer.from(root, 'base64') };
}

function tilePath(level, index, width) {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, '0')
    .match(/\d{3}/g);
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${path}${width === TILE ? '' : `.p/${width}`}`;
}

function splitEntries(bytes, width) {
  const entries = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt16BE(at);
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (entries.length !== width) throw new Breach(`a bundle holds ${entries.length} entries in place of ${width}`);
  return entries;
}

function readRecord(entry, index) {
  try {
    return JSON.parse(entry.toString());
  } catch {
    throw new Breach(`entry ${index} is not a record`);
  }
}

async function ask(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Holds tiles of hashes against those that the entries make, and names the first hash that is another one. */
async function compareTiles(site, tiles) {
  for (const { level, index, hashes } of tiles) {
    const path = tilePath(level, index, hashes.length);
    const there = await ask(`${site}/log/${path}`);
    const at = hashes.findIndex((hash, place) => !hash.equals(there.subarray(place * 32, place * 32 + 32)));
    if (at < 0 && there.length === hashes.length * 32) continue;
    const first = (index * TILE + Math.max(at, 0)) * TILE ** level;
    const leaves = level === 0 ? `entry ${first}` : `entries ${first} to ${first + TILE ** level - 1}`;
    throw new Breach(`${path} is not what the entries make: ${leaves}`);
  }
}

/** Reads every new entry, and holds the tree that they make against the tiles and the checkpoint. */
async function follow(site, options) {
  const path = options.state;
  const state = path && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { size: 0, levels: [], last: {} };
  const vkey = options.key ?? state.key ?? (await ask(`${site}/log/vkey`)).toString().trim();
  const note = (await ask(`${site}/log/checkpoint`)).toString();
  const checkpoint = openCheckpoint(note, parseKey(vkey));
  if (options.policy) demandWitnesses(note, options.policy);
  if (checkpoint.size < state.size) throw new Breach(`the log has shrunk from ${state.size} to ${checkpoint.size}`);
  const tree = new Tree(
    state.size,
    state.levels.map((hashes) => hashes.map((hash) => Buffer.from(hash, 'base64'))),
  );
  const watched = new Set((options.watch ?? '').split(',').filter(Boolean));
  while (tree.size < checkpoint.size) {
    const index = Math.floor(tree.size / TILE);
    const width = Math.min(TILE, checkpoint.size - index * TILE);
    const entries = splitEntries(await ask(`${site}/log/${tilePath('entries', index, width)}`), width);
    for (const entry of entries.slice(tree.size - index * TILE)) {
      const record = readRecord(entry, tree.size);
      const about = `${record.type} ${record.id}`;
      if (record.prev !== (state.last[about]?.index ?? null))
        throw new Breach(`entry ${tree.size} does not name the one before`);
      state.last[about] = { index: tree.size, version: record.version, kind: record.kind };
      if (watched.has(record.id))
        console.log(`${tree.size} ${record.kind} ${about} version ${record.version} ${record.at}`);
      tree.add(hashLeaf(entry));
    }
    await compareTiles(site, tree.takeTiles(tree.size === checkpoint.size));
  }
  if (!tree.root().equals(checkpoint.root))
    throw new Breach(`the entries do not make the signed root of ${checkpoint.size}`);
  if (options.changes) await compareChanges(site, state.last);
  const next = {
    key: await successor(site, note, vkey, state.last),
    size: tree.size,
    levels: tree.levels.map((hashes) => hashes.map((hash) => hash.toString('base64'))),
    last: state.last,
  };
  if (path) {
    writeFileSync(`${path}.part`, JSON.stringify(next));
    renameSync(`${path}.part`, path);
  }
  console.log(`ok: ${tree.size} entries, ${tree.size - state.size} new, root ${checkpoint.root.toString('base64')}`);
}

/** The key that the log has today, when it signs beside the one that is believed and the log tells of it; else that one. */
async function successor(site, note, believed, last) {
  const served = (await ask(`${site}/log/vkey`)).toString().trim();
  if (served === believed || !last[`key ${served}`]) return believed;
  openCheckpoint(note, parseKey(served));
  console.log(`the log has a new key, vouched for by the old one: ${served}`);
  return served;
}

/** Whatever the site tells its mirrors stands in the log, in that version or a later one. */
async function compareChanges(site, last) {
  for (const [of, type] of [
    ['notices', 'notice'],
    ['exposures', 'exposure'],
  ]) {
    for (let since = '', isMore = true; isMore; ) {
      const query = new URLSearchParams({ of, limit: '1000', ...(since && { since }) });
      const page = JSON.parse((await ask(`${site}/api/v1/changes?${query}`)).toString());
      for (const item of page.items) {
        const told = last[`${type} ${item.id}`];
        const version = item.version ?? 0;
        if (item.kind === 'upsert' && (!told || told.version < version)) {
          throw new Breach(`${type} ${item.id} version ${version} is published and not in the log`);
        }
      }
      [since, isMore] = [page.next, !page.upToDate];
    }
  }
}

/** RFC 9162 §2.1.3.2. */
function isIncluded(leaf, index, { size, root }, proof) {
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last <= 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else hash = hashNode(hash, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return index < size && last === 0 && hash.equals(root);
}

function proveFile(file, options) {
  if (!options.key) throw new Error('--key is needed: what the site says of itself proves nothing');
  const source = readFileSync(file, 'utf8');
  const end = source.indexOf('\n\n');
  const [head, ...lines] = source.slice(0, end).split('\n');
  if (head !== 'c2sp.org/tlog-proof@v1') throw new Breach('this is not a proof');
  const entry = Buffer.from(lines.shift().replace(/^extra /, ''), 'base64');
  const index = Number(lines.shift().replace(/^index /, ''));
  const note = source.slice(end + 2);
  const checkpoint = openCheckpoint(note, parseKey(options.key));
  if (options.policy) demandWitnesses(note, options.policy);
  const hashes = lines.map((line) => Buffer.from(line, 'base64'));
  if (!isIncluded(hashLeaf(entry), index, checkpoint, hashes)) throw new Breach('the record is not in the log');
  const record = JSON.parse(entry.toString());
  console.log(
    `in the log at ${index}: ${record.kind} ${record.type} ${record.id} version ${record.version}, ${record.at}`,
  );
  if (!options.version) return;
  const { salt, content } = JSON.parse(readFileSync(options.version, 'utf8'));
  if (sha256(salt + content).toString('hex') !== record.sha256)
    throw new Breach('the version is not what was published');
  console.log('the version is what was published');
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    policy: { type: 'string' },
    state: { type: 'string' },
    watch: { type: 'string' },
    changes: { type: 'boolean' },
    version: { type: 'string' },
  },
});
const [command, target] = positionals;
try {
  if (command === 'follow' && target) await follow(target.replace(/\/+$/, ''), values);
  else if (command === 'proof' && target) proveFile(target, values);
  else throw new Error('verify-log.mjs follow https://site | proof FILE --key VKEY');
} catch (error) {
  console.error(error instanceof Breach ? `BREACH: ${error.message}` : error.message);
  process.exitCode = error instanceof Breach ? 1 : 2;
}
