import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIdCardNumber } from '#src/domain/identifiers/id-card.ts';
import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { fixture, HAS_SAMPLES, sample } from '#tests/support/open-feed.ts';

/** An identity number with its right check character; the division 370899 does not exist. */
function idCard(first17: string): string {
  const last = [...'0123456789X'].find((character) => isIdCardNumber(first17 + character));
  if (!last) throw new Error(`no identity number: ${first17}`);
  return first17 + last;
}

/** A number that is right by both standards: an association of 延庆, or a person of 乐山. */
const BOTH = bothWays();

function bothWays(): string {
  for (let serial = 0; serial < 1_000_000; serial++) {
    const first17 = `5111011985${String(101 + (serial % 20)).padStart(4, '0')}${String(Math.floor(serial / 20) % 1_000).padStart(3, '0')}`;
    const code = idCard(first17);
    if (isUscc(code)) return code;
  }
  throw new Error('no number is right both ways');
}

const CARD = idCard('37089919000101003');
const OTHER = idCard('37089919850607123');
const MOBILE = '13800138000';
const SECOND = '15900159000';

const MOBILES: [text: string, masked: string][] = [
  [`联系人某某甲${MOBILE}`, '联系人某某甲138********'],
  [`${MOBILE}0537-1234567`, '138********0537-1234567'],
  [`联系电话：${MOBILE}0537-1234567`, '联系电话：138********0537-1234567'],
  [`0537-1234567${MOBILE}`, '0537-1234567138********'],
  [`0537-12345678${MOBILE}`, '0537-12345678138********'],
  [`138<b>0013</b>8000`, '138<b>****</b>****'],
  [`<b>138</b><i>0013</i><u>8000</u>`, '<b>138</b><i>****</i><u>****</u>'],
  [
    `<a href="https://a.example/" rel="nofollow noopener ugc">${MOBILE}</a>`,
    '<a href="https://a.example/" rel="nofollow noopener ugc">138********</a>',
  ],
  ['１３８００１３８０００', '１３８********'],
  ['138 0013 8000', '138 **** ****'],
  ['138\u00a00013\u00a08000', '138\u00a0****\u00a0****'],
  ['138-0013-8000', '138-****-****'],
  ['138－0013－8000', '138－****－****'],
  ['138—0013—8000', '138—****—****'],
  ['1380013 8000', '138**** ****'],
  ['138 00138000', '138 ********'],
  ['电话：1380-0138-000', '电话：138*-****-***'],
  ['1 3 8 0 0 1 3 8 0 0 0', '1 3 8 * * * * * * * *'],
  [`+86 ${MOBILE}`, '+86 138********'],
  [`+86${MOBILE}`, '+86138********'],
  [`0086${MOBILE}`, '0086138********'],
  [`0${MOBILE}`, '0138********'],
  [`电话：0537-2345678 ${MOBILE}`, '电话：0537-2345678 138********'],
  [`电话05372345678 ${MOBILE}`, '电话05372345678 138********'],
  [`电话：05372345678${MOBILE}`, '电话：05372345678138********'],
  [`电话${MOBILE}/${SECOND}`, '电话138********/159********'],
  [`${MOBILE}、${SECOND}`, '138********、159********'],
  [`${MOBILE},${SECOND}`, '138********,159********'],
  [`${MOBILE}；${SECOND}`, '138********；159********'],
  [`手机${MOBILE}${SECOND}`, '手机138********159********'],
  [`电话：138 0013 8000 159 0015 9000`, '电话：138 **** **** 159 **** ****'],
  [`Tel:${MOBILE}`, 'Tel:138********'],
  [`QQ/微信${MOBILE}`, 'QQ/微信138********'],
  [`微信号：wx${MOBILE}`, '微信号：wx138********'],
  [`${MOBILE}转802`, '138********转802'],
  [`（${MOBILE}）`, '（138********）'],
  [`${MOBILE}@163.com`, '138********@163.com'],
  [`${MOBILE}。`, '138********。'],
  [`<td>${MOBILE}</td><td>${SECOND}</td>`, '<td>138********</td><td>159********</td>'],
  [`甲\t${MOBILE}\t乙\t${SECOND}`, '甲\t138********\t乙\t159********'],
  [`138\u200b0013\u200b8000`, '138\u200b****\u200b****'],
  [`工期<90日历天，联系${MOBILE}>`, '工期<90日历天，联系138********>'],
  [`1.${MOBILE}`, '1.138********'],
  [`联系电话：鲁${MOBILE}`, '联系电话：鲁138********'],
  [`联系人鲁某${MOBILE}`, '联系人鲁某138********'],
  [`联系人：1.${MOBILE} 2.${SECOND}`, '联系人：1.138******** 2.159********'],
  [`12. ${MOBILE}`, '12. 138********'],
  [`１．${MOBILE}`, '１．138********'],
  [`1、${MOBILE}2、${SECOND}`, '1、138********2、159********'],
  [`联系电话：2${MOBILE}`, '联系电话：2138********'],
  [`1.甲某${MOBILE}2.乙某${SECOND}`, '1.甲某138********2.乙某159********'],
  ['<p>联系方式：</p><p>1</p><p>3800138000</p><p>、</p>', '<p>联系方式：</p><p>1</p><p>38********</p><p>、</p>'],
  ['电话：138\n0013\n8000', '电话：138\n****\n****'],
  [
    `<td>手机</td>${[...MOBILE].map((digit) => `<td><p>${digit}</p></td>`).join('')}`,
    `<td>手机</td>${[...'138********'].map((digit) => `<td><p>${digit}</p></td>`).join('')}`,
  ],
];

const CARDS: [text: string, masked: string][] = [
  [CARD, '3708**************'],
  [`某某甲${CARD}`, '某某甲3708**************'],
  [`某某甲${CARD}，某某乙${OTHER}`, '某某甲3708**************，某某乙3708**************'],
  [`身份证号：${CARD}`, '身份证号：3708**************'],
  [`身份证号码${OTHER.toLowerCase()}`, '身份证号码3708**************'],
  [`${CARD}${MOBILE}`, '3708**************138********'],
  [`${CARD} ${MOBILE}`, '3708************** 138********'],
  [`${CARD}${OTHER}`, '3708**************3708**************'],
  [`370899 19000101 ${CARD.slice(14)}`, '3708** ******** ****'],
  [`<td>某某甲</td><td>${CARD}</td>`, '<td>某某甲</td><td>3708**************</td>'],
  [`${CARD.slice(0, 6)}<b>${CARD.slice(6, 14)}</b>${CARD.slice(14)}`, '3708**<b>********</b>****'],
  [[...CARD].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''), '３７０８**************'],
  ['身份证：370899000101003', '身份证：3708***********'],
  [`（${CARD}）`, '（3708**************）'],
  [`"holder": "某某甲${CARD}"`, '"holder": "某某甲3708**************"'],
  [`身份证号${idCard('37089920150607123')}`, '身份证号3708**************'],
  [
    [...CARD].map((digit) => `<td>${digit}</td>`).join(''),
    [...'3708**************'].map((digit) => `<td>${digit}</td>`).join(''),
  ],
  [[...CARD].join('\t'), [...'3708**************'].join('\t')],
  [`${CARD.slice(0, 6)}\n${CARD.slice(6, 14)}\n${CARD.slice(14)}`, '3708**\n********\n****'],
];

const BANK_CARDS: [string, string][] = [
  ['银行卡号：6222020200112233446', '银行卡号：6222***************'],
  ['卡号 6222 0202 0011 2233 446', '卡号 6222 **** **** **** ***'],
  ['账号：6222020200112233446', '账号：6222***************'],
];

const CLEAN = [
  '91370811MA0000015F',
  '123708990000000278',
  '91350100M000100Y43',
  '12370800MB00000008',
  '91370811MA000004XW',
  '统一社会信用代码：91370800000000000X',
  '纳税人识别号123708990000000278',
  '9137 0811 MA00 0001 5F',
  'SDGP370811000202602000123',
  'SDGP370899000202602000616',
  'JN370811202405010012',
  'E3708110001000927019001',
  'E3708991831000927019001',
  'FLGD2600410-26HWGH',
  'JSZC-370899-HWZX-G2026-0104',
  '2105-370811-04-01-123456',
  '项目编号：13800138000',
  '合同编号：HT-2024-13800138000',
  '招标编号 13800138000',
  '采购计划编号：1380013800020240001',
  'ZFCG-2024-13800138000',
  'A13800138000',
  '13800138000A',
  '宁发改投资字〔2025〕109号',
  '370811202405010012',
  '37081120240501001',
  '13800138000.00',
  '￥13800138000',
  '¥ 13800138000',
  '13800138000元',
  '13800138000 元',
  '1,381,234,567.80',
  '13800138000万元',
  '0537-2345678',
  '0537-23456789',
  '05372345678',
  '053723456789',
  '400-618-0537',
  '4006180537',
  '传真：0537-2345678转8012',
  '010-12345678',
  '2024-05-01 09:30-2024-05-20 17:00',
  '2026年05月29日18时51分',
  '20260529185104',
  '1619594507',
  '1773709917717',
  '账号：1608010109200123456',
  '账号：37001686608050123456',
  '开户行账号 9080107012842050001234',
  '150 2000 3000 1',
  '13 14 15 16 17 18 19',
  'DN150-2000-3000',
  '1305.00 1402.33 1389.00',
  '13800.138000',
  '0.13800138000',
  'https://a.example/13800138000.html',
  '文件号 13800138000901234567890',
  '工期<90日历天',
  '1.38亿元',
  '138001380',
  '138001380001',
  '12800138000',
  '某某甲370899190001010031',
  '370899190013010030',
  '编码：138001380001234',
  '宗地编号 2026-12号',
  'K0+138-K1+001',
  // Registered in 延庆 (110119) and an identity number of 乐山 by its value too.
  `统一社会信用代码：${BOTH}`,
  '191370811MA0000015F',
  '1.91370811MA0000015F',
  '13 91370811MA0000015F',
  '序号1391370811MA0000015F',
  '1123708990000000278',
  '2.123708990000000278',
  '138123708990000000278',
  '系数1.3800138',
  '报价13.80013800元',
  '¥1.13800138000',
  '第1380标段',
  '<td>1</td><td>3</td><td>8</td><td>0</td><td>0</td><td>1</td><td>3</td><td>8</td><td>0</td><td>0</td><td>0</td>',
  '138\n0013\n8000',
  '13800138贸易有限公司',
  '项目经理\t甲某\t鲁8613800138000',
  '苏1322013800138000',
  '某某一三八零零一三八零零零厂',
  '213800138000',
  '<a href="https://a.example/?id=13800138000" rel="nofollow noopener ugc">附件</a>',
];

describe('personal data', () => {
  test.each([...MOBILES, ...CARDS, ...BANK_CARDS])('%s', (text, masked) => {
    const result = redactPersonalData(text);
    expect(result.value).toBe(masked);
    expect(result.masked).toBeGreaterThan(0);
    expect(result.kinds.length).toBeGreaterThan(0);
  });

  test.each(CLEAN)('%s stays', (text) => {
    expect(redactPersonalData(text)).toEqual({ value: text, masked: 0, kinds: [] });
  });

  test('the labelled set is large enough to mean something', () => {
    expect(MOBILES.length + CARDS.length + BANK_CARDS.length + CLEAN.length).toBeGreaterThanOrEqual(120);
  });

  test('every valid identity number of an adult is found, glued to any name', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
    const birth = fc.date({ min: new Date('1900-01-01'), max: new Date('2008-12-31'), noInvalidDate: true });
    const province = fc.constantFrom('11', '37', '44', '51', '65');
    const number = fc
      .tuple(province, digits(4), birth, digits(3))
      .map(([head, place, day, serial]) =>
        idCard(head + place + day.toISOString().slice(0, 10).replaceAll('-', '') + serial),
      );
    fc.assert(
      fc.property(number, fc.constantFrom('某某甲', '身份证', '（', '：', ''), (card, before) => {
        const { value, kinds } = redactPersonalData(`${before}${card}，地址`);
        expect(kinds).toEqual(['idCard']);
        expect(value).not.toContain(card.slice(6));
      }),
      { numRuns: 1_000 },
    );
  });

  test('texts keep their length and everything but the masked digits', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<td>',
      '138',
      '0013',
      '8000',
      CARD,
      ' ',
      '-',
      '电话',
      '：',
      'A',
      '１',
      '，',
      '<',
      '90',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const { value } = redactPersonalData(text);
        expect(value).toHaveLength(text.length);
        for (let at = 0; at < text.length; at += 1) if (value[at] !== text[at]) expect(text[at]).toMatch(/[\dXx０-９]/);
      }),
      { numRuns: 500 },
    );
  });

  const PAGE = 'epoint-jsggzy.detail.003001001.20260529.html';
  test.each([
    ['our own page', () => fixture('bodies/epoint-detail.html'), ['0537-0001234', '0537-0005678', '4000001234']],
    ...(HAS_SAMPLES ? [['a captured page', () => sample(PAGE), ['4001662']] as const] : []),
  ] as const)('%s with mobiles and office telephones loses the mobiles only', (_name, read, telephones) => {
    const { text } = sanitizeBody(read().toString());
    const screened = redactPersonalData(text);
    expect(text.match(/13800138000/g)).toHaveLength(4);
    expect(screened.masked).toBe(4);
    expect(screened.value).not.toContain('13800138000');
    for (const telephone of telephones) expect(screened.value).toContain(telephone);
  });
});
