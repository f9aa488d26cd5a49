import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './note.ts';

/** Whom to believe, for programs that verify proofs without asking anybody (c2sp.org/tlog-policy). */
export interface Policy {
  log: { key: VerifierKey; url: string };
  witnesses: readonly { key: VerifierKey; url: string }[];
}

/** How many of so many witnesses must have signed: more than half, so that no two majorities see different logs unless one signs both. */
export const quorumOf = (witnesses: number): number => (witnesses === 0 ? 0 : Math.floor(witnesses / 2) + 1);

const GROUP = 'witnesses';

/** Demands the signatures of a majority of the witnesses; where there are none, of nobody but the log. */
export function formatPolicy({ log, witnesses }: Policy): string {
  const names = witnesses.map((_, at) => `w${at + 1}`);
  const lines = [
    `log ${formatVerifierKey(log.key)} ${log.url}`,
    ...witnesses.map(({ key, url }, at) => `witness ${names[at]} ${formatVerifierKey(key)} ${url}`),
    ...(names.length > 0 ? [`group ${GROUP} ${quorumOf(names.length)} ${names.join(' ')}`] : []),
    `quorum ${names.length > 0 ? GROUP : 'none'}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The witnesses that a policy of ours names, and how many of them must have signed. @throws SyntaxError for a key that is none */
export function parseWitnesses(policy: string): { keys: VerifierKey[]; quorum: number } {
  const lines = policy.split('\n').map((line) => line.split(' '));
  const keys = lines.filter(([word]) => word === 'witness').map(([, , vkey = '']) => parseVerifierKey(vkey));
  const [, , most = '0'] = lines.find(([word]) => word === 'group') ?? [];
  return { keys, quorum: Number(most) };
}
