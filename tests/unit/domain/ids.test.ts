import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { ID_PATTERN, noticeId, projectId } from '#src/domain/identifiers/ids.ts';

/** Base32 of RFC 4648 over the bits as text: the slow way. */
function base32(text: string): string {
  const bits = [...createHash('sha256').update(text).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const letters = bits.match(/.{5}/g) ?? [];
  return letters.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)]).join('');
}

it('addresses are for ever: ids are the first twelve base32 characters of the SHA-256', () => {
  expect(noticeId('jining-qufu', '3a20c67f-5625')).toBe('77tmwbhchb5t');
  expect(noticeId('市级', '编号 1')).toBe('53q2vr4dulma');
  expect(projectId('JNZC-2026-65')).toBe('wijwsm7wasr3');
  for (let number = 0; number < 500; number++) {
    expect(noticeId('s', String(number))).toBe(base32(`notice\ns\n${number}`).slice(0, 12));
    expect(projectId(String(number))).toMatch(ID_PATTERN);
  }
});
