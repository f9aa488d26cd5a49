import { describe, expect, test } from 'vitest';
import { delayAfter } from '#src/domain/staff/delay.ts';
import { toLoginName } from '#src/domain/staff/login-name.ts';
import { passwordFault } from '#src/domain/staff/password.ts';
import { hashPassword, isOutdated, verifyPassword } from '#src/staff/passwords.ts';
import { newRecoveryCode, normalizeRecoveryCode } from '#src/staff/secrets.ts';
import { matchTotp, newTotpSecret, totpCode, totpStep } from '#src/staff/totp.ts';

describe('one-time passwords', () => {
  /** Secret of RFC 6238 appendix B, "12345678901234567890", in base32. */
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('RFC 6238 appendix B at %i s: %s', (seconds, code) => {
    expect(totpCode(SECRET, totpStep(seconds * 1_000))).toBe(code);
  });

  test('a code counts once, for a minute and a half, however it was typed', () => {
    const secret = newTotpSecret();
    const now = Date.parse('2026-03-02T01:00:10.000Z');
    const step = totpStep(now);
    const code = totpCode(secret, step);
    expect(matchTotp(secret, code, 0, now)).toBe(step);
    expect(matchTotp(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, 0, now)).toBe(step);
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
    expect(matchTotp(secret, wide, 0, now)).toBe(step);
    expect(matchTotp(secret, code, step, now)).toBeNull();
    expect(matchTotp(secret, code, 0, now + 30_000)).toBe(step);
    expect(matchTotp(secret, code, 0, now + 60_000)).toBeNull();
    expect(matchTotp(secret, '', 0, now)).toBeNull();
  });

  test('secrets are 160 bits and differ', () => {
    const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });
});

describe('passwords', () => {
  test('are hashed with argon2id and compared as they are typed on any keyboard', async () => {
    const stored = await hashPassword('ａｂｃ通明平台123456');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'abc通明平台123456')).toBe(true);
    expect(await verifyPassword(stored, 'abc通明平台12345')).toBe(false);
    expect(await verifyPassword(null, 'no account has this password')).toBe(false);
    expect(await verifyPassword(stored, 'x'.repeat(100_000))).toBe(false);
    expect(isOutdated(stored)).toBe(false);
    expect(isOutdated(stored.replace('m=19456', 'm=8192'))).toBe(true);
  });

  test.each([
    ['short1', '至少'],
    ['一二三四五六七八九十', '至少'],
    ['aaaaaaaaaaaaaaaa', '不同的字符'],
    ['字'.repeat(86), '字节'],
    ['wang.lei-2026-spring', '账号名'],
    ['系统王小明的密码真不错啊', '姓名'],
  ])('%s may not be used', (password, why) => {
    expect(passwordFault(password, ['wang.lei', '王小明'])).toContain(why);
  });

  test('what is long and mixed may, without signs and capitals too', () => {
    expect(passwordFault('correct horse battery', ['wang.lei', '王小明'])).toBeNull();
  });
});

test('login names are compared in one form', () => {
  expect(toLoginName('  Wang.Lei ')).toBe('wang.lei');
  expect(toLoginName('ｗａｎｇ')).toBe('wang');
  for (const none of ['', 'ab', '1abc', '王磊', 'a b c', `a${'b'.repeat(40)}`, "a'--", 'а.иванов'])
    expect(toLoginName(none)).toBeNull();
});

test('failures delay, at most half a minute', () => {
  expect([-2, 0, 1, 2, 3, 5, 6, 60].map(delayAfter)).toEqual([0, 0, 1_000, 2_000, 4_000, 16_000, 30_000, 30_000]);
});

test('recovery codes are found as they are read out', () => {
  const code = newRecoveryCode();
  expect(code).toMatch(/^(?:[A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/);
  expect(normalizeRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(code);
});
