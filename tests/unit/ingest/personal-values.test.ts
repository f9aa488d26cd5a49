import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { listPersonalNumbers } from '#src/server/verify/personal-data.ts';

/** Written out from the standards a third time: neither the masking nor the check may judge its own cases. */
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const weigh = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * CODE_CHARACTERS.indexOf(text.charAt(at)), 0);
const identityNumber = (first17: string): string => first17 + '10X98765432'.charAt(weigh(first17, ID_WEIGHTS) % 11);
const creditCode = (first17: string): string =>
  first17 + CODE_CHARACTERS.charAt((31 - (weigh(first17, CODE_WEIGHTS) % 31)) % 31);

/** Whether any eighteen characters in a row are a right identity number with a day of birth. */
const holdsPerson = (text: string): boolean =>
  Array.from({ length: text.length }, (_, at) => text.slice(at, at + 18)).some(
    (part) =>
      /^\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(part) &&
      identityNumber(part.slice(0, 17)) === part,
  );

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const division = fc
  .tuple(fc.constantFrom('11', '13', '37', '44', '51', '65'), digits(4))
  .map((parts) => parts.join(''));
const person = (latest: string) =>
  fc
    .tuple(division, fc.date({ min: new Date('1900-01-01'), max: new Date(latest), noInvalidDate: true }), digits(3))
    .map(([place, day, serial]) => identityNumber(place + day.toISOString().slice(0, 10).replaceAll('-', '') + serial))
    // The districts whose credit codes can look like persons: see the last test.
    .filter((number) => !/^..(?:11|12|31|50)01/.test(number));
const body = fc.oneof(
  fc.stringMatching(/^[0-9]{9}$/),
  fc.stringMatching(/^MA[0-9ABCDEFGHJKLMNPQRTUWXY]{6}[0-9X]$/),
  fc.stringMatching(/^[0-9]{8}X$/),
);
const company = fc
  .tuple(fc.constantFrom('11', '12', '51', '52', '91', '92', '93'), division, body)
  .map((parts) => creditCode(parts.join('')))
  .filter((code) => listPersonalNumbers(`身份证号${code}`).length === 0);

const LABELS = [
  '统一社会信用代码',
  '信用代码',
  '社会信用代码/身份证号',
  '税号',
  '纳税人识别号',
  '识别号',
  '纳税人识别号（统一社会信用代码）',
  '组织机构代码',
  '身份证号码',
  '公民身份号码',
  '证件号',
  '法定代表人',
  '',
];
const BETWEEN = ['：', ':', '', ' ', '为', '】', '\t', '：\n'];
const BEHIND = ['', '，地址', '）', '\t', '、', '。开户行', ' 电话：0537-1234567', '<br>'];
const place = fc.tuple(fc.constantFrom(...LABELS), fc.constantFrom(...BETWEEN), fc.constantFrom(...BEHIND));
const DRESSES: ((number: string) => string)[] = [
  (number) => number,
  (number) => number.toLowerCase(),
  (number) => `<b>${number.slice(0, 6)}</b>${number.slice(6)}`,
  (number) => `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`,
  (number) => [...number].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join(''),
  (number) => `${number.slice(0, 9)}\u200b${number.slice(9)}`,
];

describe('numbers are told apart by their value', () => {
  test('a person stays hidden behind every label, and the check sees whoever does not', () => {
    fc.assert(
      fc.property(
        person('2012-12-31'),
        place,
        fc.constantFrom(...DRESSES),
        (number, [label, between, behind], dress) => {
          const text = `某某${label}${between}${dress(number)}${behind}`;
          expect(listPersonalNumbers(text).map((one) => one.toUpperCase())).toContain(number);
          const { value, kinds } = redactPersonalData(text);
          expect(kinds).toContain('idCard');
          expect(value.normalize('NFKC').replace(/[^\dXx]/g, '')).not.toContain(number.slice(4));
          expect(listPersonalNumbers(value)).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('a child stays hidden behind the labels of persons and codes', () => {
    fc.assert(
      fc.property(person('2025-12-31'), fc.constantFrom(...LABELS.slice(0, -2)), (number, label) => {
        expect(redactPersonalData(`${label}：${number}`).masked).toBe(1);
      }),
    );
  });

  test('a company stays shown behind every label, alone and behind the number of its row', () => {
    const row = fc.constantFrom('', '1', '12', '3.', '4、', '5 ');
    fc.assert(
      fc.property(company, place, row, (code, [label, between, behind], number) => {
        // The number of a row and a code can make a right identity number together: then it is one.
        fc.pre(!holdsPerson(`${number}${code}`));
        const text = `某某公司${label}${between}${number}${code}${behind}`;
        expect(redactPersonalData(text)).toMatchObject({ value: text, masked: 0 });
        expect(listPersonalNumbers(text)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the check sees telephones behind their label, and no codes or amounts', () => {
    expect(listPersonalNumbers('联系电话：13800138000')).toHaveLength(1);
    expect(listPersonalNumbers('手机 <b>138</b>-0013-8000')).toHaveLength(1);
    expect(listPersonalNumbers('电话：0537-1234567，项目编号：13800138000，¥13800138000')).toEqual([]);
    expect(listPersonalNumbers('电话：138********，身份证号：3708**************')).toEqual([]);
  });

  test('what can be either is a company behind the label of a code, and a person elsewhere', () => {
    const both = Array.from({ length: 5_000 }, (_, at) =>
      identityNumber(`5111011985${at < 2_500 ? '0101' : '0102'}${String(at % 1_000).padStart(3, '0')}`),
    );
    const codes = both.filter((number) => creditCode(number.slice(0, 17)) === number);
    expect(codes.length).toBeGreaterThan(0);
    for (const code of codes) {
      expect(redactPersonalData(`统一社会信用代码：${code}`).masked).toBe(0);
      expect(redactPersonalData(`身份证号：${code}`).masked).toBe(1);
      expect(redactPersonalData(`某某${code}`).masked).toBe(1);
    }
  });
});
