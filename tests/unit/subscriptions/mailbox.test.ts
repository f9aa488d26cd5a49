import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toMailbox } from '#src/domain/subscriptions/mailbox.ts';
import { speltMailbox } from '#tests/support/mailbox-forms.ts';

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`mailboxes: seed ${seed}`);

it('is one however its address is spelt', () => {
  fc.assert(
    fc.property(speltMailbox, ({ plain, spellings }) => {
      const mailbox = toMailbox(plain);
      expect(`${mailbox.name}@${mailbox.domain}`).toBe(plain);
      for (const spelling of spellings) expect([spelling, toMailbox(spelling)]).toEqual([spelling, mailbox]);
    }),
    { seed, numRuns: 3_000 },
  );
});

it('is another one than any other', () => {
  fc.assert(
    fc.property(speltMailbox, speltMailbox, (one, other) => {
      fc.pre(one.plain !== other.plain);
      expect(toMailbox(one.spellings[0] ?? '')).not.toEqual(toMailbox(other.spellings[0] ?? ''));
    }),
    { seed, numRuns: 3_000 },
  );
});

it.each([
  ['a.b@qq.com', 'ab@qq.com'],
  ['a-b@gmail.com', 'ab@gmail.com'],
  ['+tag@mail.example', '@mail.example'],
  ['a@mail.example', 'a@mail.example.cn'],
])('keeps %s and %s apart', (one, other) => expect(toMailbox(one)).not.toEqual(toMailbox(other)));

it.each([
  ['a@例子.中国', 'a@xn--fsqu00a.xn--fiqs8s'],
  ['a@MÜLLER.example', 'a@xn--mller-kva.example'],
  ['Ａ＠ｍａｉｌ．ｅｘａｍｐｌｅ', 'a@mail.example'],
  ['a@mail.example.', 'a@mail.example'],
])('writes domains in ASCII: %s is %s', (address, plain) => expect(toMailbox(address)).toEqual(toMailbox(plain)));

it('knows an organization by its domain from providers for everybody', () => {
  expect(['a@jining.gov.cn', 'a@qq.com', 'a@googlemail.com'].map((address) => toMailbox(address).isPrivate)).toEqual([
    true,
    false,
    false,
  ]);
});
