import type { Answer } from './ask.ts';

type RuleName = 'asset hash' | 'island id' | 'request id' | 'file time' | 'free space';
export type NormalisationName = RuleName | 'own address';

/** A part of answers that differs between any two portals, or two answers of one, and says nothing to anybody. */
interface Normalisation {
  /** Why it must differ. */
  why: string;
  pattern: RegExp;
  to: string;
  applies?(answer: Answer): boolean;
}

/** Of addresses, and of scripts that name others beside them. */
const ASSET_HASH = /((?:\/_astro\/|\.\/)[\w.-]+?)\.[\w-]{8}\.(css|js)/g;

/** The address of a style sheet or script without its hash. */
export const toPlainAsset = (address: string): string => address.replace(ASSET_HASH, '$1.$2');

/** Everything that is not compared as it stands. What is used is printed with its number of answers. */
export const NORMALISATIONS: Record<RuleName, Normalisation> = {
  'asset hash': {
    why: 'names of style sheets and scripts carry a hash of their bytes; the files are compared under their plain names',
    pattern: ASSET_HASH,
    to: '$1.$2',
  },
  'island id': {
    why: 'the number of an island is made of the names of its scripts',
    pattern: /<astro-island uid="\w+"/g,
    to: '<astro-island uid=""',
  },
  'request id': {
    why: 'every refusal carries a random number that the log knows too',
    pattern: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g,
    to: 'REQUEST-ID',
    applies: ({ status }) => status >= 400,
  },
  'file time': {
    why: 'the list of bulk files notes when the disk wrote each',
    pattern: /"modifiedMs": [\d.]+/g,
    to: '"modifiedMs": 0',
  },
  'free space': {
    why: 'the check of readiness says how much room the disk has at that moment',
    pattern: /剩余 \d+ MiB/g,
    to: '剩余 0 MiB',
  },
};

/** A text without what must differ. `used` is told the name of each rule that changed something. */
export function normalise(
  text: string,
  answer: Answer,
  site: string,
  used: (name: NormalisationName) => void = () => undefined,
): string {
  let result = text;
  const apply = (name: NormalisationName, next: string) => {
    if (next !== result) used(name);
    result = next;
  };
  for (const [name, { pattern, to, applies }] of Object.entries(NORMALISATIONS) as [RuleName, Normalisation][]) {
    if (applies?.(answer) ?? true) apply(name, result.replace(pattern, to));
  }
  if (site !== COMMON_SITE) apply('own address', result.replaceAll(site, COMMON_SITE));
  return result;
}

/** What stands in the place of a portal's own address. */
export const COMMON_SITE = 'http://portal.example';
