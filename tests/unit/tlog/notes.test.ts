import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toUtf8 } from '#src/domain/tlog/bytes.ts';
import { formatCheckpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import {
  consistencyRanges,
  EMPTY_ROOT,
  type Hash,
  hashLeaf,
  hashRange,
  inclusionRanges,
  isConsistent,
  isIncluded,
} from '#src/domain/tlog/merkle.ts';
import {
  COSIGNATURE,
  cosignedBytes,
  ED25519,
  formatNote,
  formatVerifierKey,
  parseNote,
  parseVerifierKey,
  toVerifierKey,
} from '#src/domain/tlog/note.ts';
import { formatLogProof, parseLogProof } from '#src/domain/tlog/proof.ts';
import { decodeEntries, decodeHashes, readTiles, tilePath, tileWidth } from '#src/domain/tlog/tiles.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';

/** A pair of keys, whose public half is in the form of notes. */
function makeKey(name: string, type: number) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const key = toVerifierKey(name, type, Uint8Array.from(raw));
  return { key, sign: (bytes: Uint8Array) => Uint8Array.from(sign(null, bytes, privateKey)) };
}

describe('a signed note', () => {
  const log = makeKey('city.example/log', ED25519);
  const text = formatCheckpoint({ origin: 'city.example/log', size: 0, root: EMPTY_ROOT });
  const signed = (bytes = log.sign(toUtf8(text))) =>
    formatNote({ text, signatures: [{ name: log.key.name, keyId: log.key.keyId, bytes }] });

  it('is read as it was written and is verified by its key alone', () => {
    const note = parseNote(signed());
    expect(formatNote(note)).toBe(signed());
    expect(verifyNote(note, [log.key])).toEqual([{ key: log.key, time: null }]);
    expect(verifyNote(note, [makeKey('city.example/log', ED25519).key])).toEqual([]);
  });

  it('is refused with any letter of it changed', () => {
    for (const [at, letter] of [...signed()].entries()) {
      const altered = [...signed()].with(at, letter === '0' ? '1' : '0').join('');
      const isBelieved = () => {
        const note = parseNote(altered);
        return verifyNote(note, [log.key]).length > 0;
      };
      expect(() => {
        if (isBelieved()) throw new TypeError('believed');
      }).not.toThrow(TypeError);
    }
  });

  it('has keys that can be handed round', () => {
    expect(parseVerifierKey(formatVerifierKey(log.key))).toEqual(log.key);
    const other = formatVerifierKey(makeKey('city.example/log', ED25519).key).split('+')[1];
    const mixed = formatVerifierKey(log.key)
      .split('+')
      .with(1, other ?? '')
      .join('+');
    for (const wrong of [mixed, '', 'a+b', `a b+${'0'.repeat(8)}+AA==`])
      expect(() => parseVerifierKey(wrong)).toThrow(SyntaxError);
    expect(() => toVerifierKey('a+b', ED25519, new Uint8Array(32))).toThrow(RangeError);
  });

  it('carries the time at which a witness saw it, which is signed too', () => {
    const witness = makeKey('witness.example', COSIGNATURE);
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(1_800_000_000n);
    const bytes = Buffer.concat([time, witness.sign(cosignedBytes(text, 1_800_000_000))]);
    const note = parseNote(signed());
    note.signatures.push({ name: witness.key.name, keyId: witness.key.keyId, bytes });
    expect(verifyNote(note, [log.key, witness.key])).toEqual([
      { key: log.key, time: null },
      { key: witness.key, time: 1_800_000_000 },
    ]);
    bytes[7] = (bytes[7] ?? 0) ^ 1;
    expect(() => verifyNote(note, [witness.key])).toThrow('false');
  });

  it('is none when it is unsigned, binary or endless', () => {
    const line = signed().split('\n').at(-2);
    for (const source of ['', 'a\n', 'a\n\n', 'a\n\nb\n', `a\u0001\n\n${line}\n`, `a\n\n${`${line}\n`.repeat(65)}`]) {
      expect(() => parseNote(source)).toThrow(SyntaxError);
    }
  });
});

describe('a checkpoint', () => {
  it('is read in its one spelling', () => {
    const checkpoint = { origin: 'city.example/log', size: 20_852_163, root: hashLeaf(EMPTY_ROOT) };
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    const [origin, , root] = formatCheckpoint(checkpoint).split('\n');
    for (const size of ['01', '-1', '1e3', '', '99999999999999999']) {
      expect(() => parseCheckpoint(`${origin}\n${size}\n${root}\n`)).toThrow(SyntaxError);
    }
    expect(() => parseCheckpoint(`${origin}\n1\nAAAA\n`)).toThrow(SyntaxError);
  });
});

describe('a proof to take away', () => {
  it('is read as it was written', () => {
    const proof = {
      extra: toUtf8('{}'),
      index: 7,
      hashes: [EMPTY_ROOT, hashLeaf(EMPTY_ROOT)],
      checkpoint: 'a\n1\nb\n\n— x y\n',
    };
    expect(parseLogProof(formatLogProof(proof))).toEqual(proof);
    expect(parseLogProof(formatLogProof({ ...proof, extra: null, hashes: [] }))).toEqual({
      ...proof,
      extra: null,
      hashes: [],
    });
    for (const wrong of [
      '',
      'c2sp.org/tlog-proof@v1\nindex 01\n\n',
      'c2sp.org/tlog-proof@v2\nindex 1\n\n',
      'c2sp.org/tlog-proof@v1\n\n',
    ]) {
      expect(() => parseLogProof(wrong)).toThrow(SyntaxError);
    }
  });
});

/** A log of 15 entries by another implementation: no part of this repository. */
const FOREIGN = '../shared/tlog/tessera-15';
const FOREIGN_KEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

describe.runIf(existsSync(FOREIGN))('a log that others wrote', () => {
  const key = existsSync(FOREIGN) ? parseVerifierKey(FOREIGN_KEY) : undefined;
  const readTile = (level: number | 'entries', size: number) => {
    const path = tilePath({ level, index: 0, width: tileWidth({ level, index: 0 }, size) });
    return Uint8Array.from(readFileSync(`${FOREIGN}/${path}`));
  };

  /** What is wrong with the log at a size, as far as we can tell; null for nothing. */
  function audit(
    size: number,
    change: (name: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
  ): string | null {
    try {
      const source = change('checkpoint', Uint8Array.from(readFileSync(`${FOREIGN}/checkpoint.${size}`)));
      const note = parseNote(fromUtf8(source));
      if (verifyNote(note, key ? [key] : []).length !== 1) return 'unsigned';
      const checkpoint = parseCheckpoint(note.text);
      if (size === 0) return checkpoint.size === 0 ? null : 'size';
      const hashes = decodeHashes(change('tile', readTile(0, size)), size);
      const entries = decodeEntries(change('entries', readTile('entries', size)), size);
      const read = readTiles(size, () => hashes);
      for (const [index, entry] of entries.entries()) {
        const proof = inclusionRanges(index, size).map((range) => hashRange(range, read));
        if (!isIncluded(hashLeaf(entry), index, size, proof, checkpoint.root)) return `entry ${index}`;
      }
      return null;
    } catch (error) {
      return String(error);
    }
  }

  const sizes = existsSync(FOREIGN)
    ? readdirSync(FOREIGN)
        .flatMap((name) => /^checkpoint\.(\d+)$/.exec(name)?.[1] ?? [])
        .map(Number)
    : [];
  const has = (size: number) => size === 0 || existsSync(`${FOREIGN}/${tilePath({ level: 0, index: 0, width: size })}`);

  it('is accepted at every size that it still has tiles of', () => {
    expect(sizes.filter(has).map((size) => audit(size))).toEqual(sizes.filter(has).map(() => null));
    expect(sizes.filter(has).length).toBeGreaterThan(1);
  });

  it('is consistent between all its sizes', () => {
    const read = readTiles(15, () => decodeHashes(readTile(0, 15), 15));
    const trees = sizes.map((size) => {
      const { root } = parseCheckpoint(parseNote(readFileSync(`${FOREIGN}/checkpoint.${size}`, 'utf8')).text);
      return { size, root: root as Hash };
    });
    for (const old of trees) {
      for (const current of trees.filter(({ size }) => size >= old.size)) {
        const proof = consistencyRanges(old.size, current.size).map((range) => hashRange(range, read));
        expect(isConsistent(old, current, proof)).toBe(true);
      }
    }
  });

  it('is refused with any byte of it changed, and with an entry and its hash changed together', () => {
    for (const name of ['checkpoint', 'tile', 'entries']) {
      const length = name === 'checkpoint' ? 196 : readTile(name === 'tile' ? 0 : 'entries', 15).length;
      for (let at = 0; at < length; at += 3) {
        const flip = (bytes: Uint8Array) => bytes.with(at, (bytes[at] ?? 0) ^ 1);
        expect(audit(15, (which, bytes) => (which === name && at < bytes.length ? flip(bytes) : bytes))).not.toBeNull();
      }
    }
    const entry = toUtf8('One');
    const together = (name: string, bytes: Uint8Array) => {
      const altered = Uint8Array.from(bytes);
      if (name === 'entries') altered.set(entry, 2);
      if (name === 'tile') altered.set(hashLeaf(entry), 0);
      return altered;
    };
    expect(audit(15, together)).not.toBeNull();
  });
});
