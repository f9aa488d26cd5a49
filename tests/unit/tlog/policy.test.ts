import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COSIGNATURE, ED25519, formatVerifierKey, toVerifierKey } from '#src/domain/tlog/note.ts';
import { formatPolicy, parseWitnesses, quorumOf } from '#src/domain/tlog/policy.ts';

const makeKey = (name: string, type: number) => {
  const spki = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
  return toVerifierKey(name, type, Uint8Array.from(spki.subarray(-32)));
};
const log = { key: makeKey('city.example/log', ED25519), url: 'https://city.example/log' };
const witness = (name: string) => ({ key: makeKey(name, COSIGNATURE), url: `https://${name}` });

describe('a policy', () => {
  it('demands nobody where there is no witness, and the majority where there are some', () => {
    expect([0, 1, 2, 3, 4, 5].map(quorumOf)).toEqual([0, 1, 2, 2, 3, 3]);
    expect(formatPolicy({ log, witnesses: [] })).toBe(
      `log ${formatVerifierKey(log.key)} https://city.example/log\nquorum none\n`,
    );
    const witnesses = [witness('a.example/w'), witness('b.example/w'), witness('c.example/w')];
    const text = formatPolicy({ log, witnesses });
    expect(text.split('\n').slice(1)).toEqual([
      ...witnesses.map(({ key, url }, at) => `witness w${at + 1} ${formatVerifierKey(key)} ${url}`),
      'group witnesses 2 w1 w2 w3',
      'quorum witnesses',
      '',
    ]);
    expect(parseWitnesses(text)).toEqual({ keys: witnesses.map(({ key }) => key), quorum: 2 });
  });
});
