import fc from 'fast-check';

/** A mailbox and other spellings of its address, which lead to it as well. */
export interface SpeltMailbox {
  plain: string;
  spellings: string[];
}

const NAME_START = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
const name = fc
  .tuple(
    NAME_START,
    fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), minLength: 2, maxLength: 10 }),
  )
  .map(([first, rest]) => first + rest);

/** Domains of one provider, and whether dots count in its names. */
const DOMAINS: readonly { domains: readonly string[]; ignored: string }[] = [
  { domains: ['gmail.com', 'googlemail.com'], ignored: '.' },
  { domains: ['proton.me', 'protonmail.com', 'pm.me'], ignored: '.-_' },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignored: '' },
  { domains: ['qq.com'], ignored: '' },
  { domains: ['163.com'], ignored: '' },
  { domains: ['mail.example'], ignored: '' },
];

interface Spelling {
  domain: number;
  upper: boolean[];
  tag: string | null;
  dots: number[];
  dot: number;
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  domain: fc.nat(9),
  upper: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  tag: fc.option(
    fc.stringMatching(/^[a-z0-9.+_-]{0,6}[a-z0-9]$/).filter((tag) => !tag.includes('..') && !tag.startsWith('.')),
  ),
  dots: fc.array(fc.nat(20), { maxLength: 3 }),
  dot: fc.nat(5),
});

function spell(plainName: string, { domains, ignored }: (typeof DOMAINS)[number], how: Spelling): string {
  const letters = [...plainName].map((letter, at) => (how.upper[at % 8] ? letter.toUpperCase() : letter));
  const places = new Set(ignored === '' ? [] : how.dots.map((at) => 1 + (at % (letters.length - 1))));
  const dotted = letters
    .map((letter, at) => (places.has(at) ? `${ignored[how.dot % ignored.length]}${letter}` : letter))
    .join('');
  const domain = domains[how.domain % domains.length] ?? '';
  const isUpper = how.upper[0];
  return `${dotted}${how.tag === null ? '' : `+${how.tag}`}@${isUpper ? domain.toUpperCase() : domain}`;
}

/** Mailboxes at providers of every kind. */
export const speltMailbox: fc.Arbitrary<SpeltMailbox> = fc
  .record({
    plainName: name,
    provider: fc.constantFrom(...DOMAINS),
    hows: fc.array(spelling, { minLength: 4, maxLength: 12 }),
  })
  .map(({ plainName, provider, hows }) => ({
    plain: `${plainName}@${provider.domains[0]}`,
    spellings: hows.map((how) => spell(plainName, provider, how)),
  }));
