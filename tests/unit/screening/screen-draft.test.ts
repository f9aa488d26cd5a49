import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseListedWords } from '#src/domain/screening/listed-words.ts';
import { maskFind } from '#src/domain/screening/mask.ts';
import { type ScreenedContent, screenDraft } from '#src/domain/screening/screen-draft.ts';

const ID_CARD = '370811199001011236';
const CLEAN: ScreenedContent = {
  stage: 'tenderNotice',
  title: '曲阜市第一中学教学楼工程招标公告',
  bodyHtml: '<p>项目编号：QF2026-001，统一社会信用代码 91370800MA3C4D5E6X，预算金额 1200000.00 元。</p>',
  fields: { 采购人: '曲阜市第一中学', 联系电话: '0537-4412345' },
  attachments: [{ name: '招标文件.docx', sha256: 'a'.repeat(64), text: '招标文件正文' }],
};
const told = (content: Partial<ScreenedContent>, words = '') =>
  screenDraft({ ...CLEAN, ...content }, parseListedWords(words)).map(({ rule, part, text }) => [rule, part, text]);

describe('a draft that may be published', () => {
  test('has no finds', () => {
    expect(screenDraft(CLEAN)).toEqual([]);
  });

  test('is not held up by ordinary words', () => {
    const bodyHtml = `<p>投标人不得泄露国家秘密和商业秘密，保守秘密十分重要，机密性、完整性；内部装修工程；内部结构；
      评标委员会由招标人代表和有关专家组成，成员人数为五人以上单数。评审专家的劳务报酬由代理机构支付。评标委员会成员：依法组建。
      磋商小组将对供应商进行评审。妥善处理。评审小组推荐三名候选人。</p>`;
    expect(told({ bodyHtml })).toEqual([]);
  });
});

describe('what may not be published', () => {
  test('is found in every part, and located', () => {
    const finds = screenDraft({
      ...CLEAN,
      title: `关于张某（${ID_CARD}）的公告`,
      bodyHtml: '<p>联系人 <b>138</b>00138000，密级：机密</p>',
      fields: { 备注: '内部资料 注意保存' },
      attachments: [{ name: '秘密★10年.docx', sha256: 'b'.repeat(64), text: `身份证号 ${ID_CARD}` }],
    });
    expect(finds.map(({ rule, part }) => [rule, part])).toEqual([
      ['idCard', 'title'],
      ['mobile', 'body'],
      ['secrecyMark', 'body'],
      ['internalMark', 'field'],
      ['internalMark', 'field'],
      ['secrecyMark', 'attachmentName'],
      ['idCard', 'attachment'],
    ]);
    expect(finds[1]).toMatchObject({ text: '13800138000', before: ' 联系人 ', after: ',密级:机密 ' });
    expect(new Set(finds.map(({ key }) => key)).size).toBe(finds.length);
  });

  test.each(['绝密★长期', '机密★20年', '秘密 ☆', '秘密10年', '密级：秘密', '【机密】', '（绝密）'])(
    'marks: %s',
    (mark) => {
      expect(told({ bodyHtml: `<p>文件 ${mark} 正文</p>` })).toMatchObject([
        ['secrecyMark', 'body', expect.any(String)],
      ]);
    },
  );

  test('names of those who judge bids are secret before the result, and not after it', () => {
    const bodyHtml = '<p>评标委员会成员名单：王建国、李 伟（技术）、欧阳明华，张敏</p>';
    expect(told({ bodyHtml })).toEqual([
      ['expertName', 'body', '王建国'],
      ['expertName', 'body', '李 伟'],
      ['expertName', 'body', '欧阳明华'],
      ['expertName', 'body', '张敏'],
    ]);
    expect(told({ bodyHtml, stage: 'candidateNotice' })).toHaveLength(4);
    expect(told({ bodyHtml, stage: 'awardNotice' })).toEqual([]);
    expect(told({ bodyHtml, stage: 'singleSourceNotice' })).toEqual([]);
    expect(told({ fields: { 评审专家名单: '王建国 李伟' } })).toEqual([
      ['expertName', 'field', '王建国'],
      ['expertName', 'field', '李伟'],
    ]);
  });

  test('words of the installation, with why they are listed', () => {
    const words = '# 审查词\n军民融合\t涉军项目须报批\nABC项目 # 未公开\n军\n';
    expect(told({ title: '某军民融合采购 abc项目' }, words)).toEqual([
      ['listedWord', 'title', '军民融合'],
      ['listedWord', 'title', 'abc项目'],
    ]);
    const [find] = screenDraft({ ...CLEAN, title: '军民融合' }, parseListedWords(words));
    expect(find?.remark).toBe('涉军项目须报批');
  });
});

describe('a find', () => {
  test('keeps its key when other words are edited, and loses it when its own are', () => {
    const keyOf = (bodyHtml: string) => screenDraft({ ...CLEAN, bodyHtml }).map(({ key }) => key);
    const [key] = keyOf(`<p>甲 ${ID_CARD}</p>`);
    expect(keyOf(`<p>乙乙乙</p><p>丙 ${ID_CARD}</p>`)).toEqual([key]);
    expect(keyOf('<p>甲 13800138000</p>')).not.toEqual([key]);
    expect(keyOf(`<p>甲 ${ID_CARD}</p><p>${ID_CARD}</p>`)).toHaveLength(2);
  });

  test('masked, is no longer found, wherever it stands among tags', () => {
    const pieces = fc.constantFrom('<b>', '</b>', '', ' ', '<em>x</em>', '甲：', '&amp;');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), fc.array(pieces, { maxLength: 6 }), (before, after) => {
        let bodyHtml = `<p>${before.join('')} 手机 138<i>00138</i>000，密级：机密 ${after.join('')}</p>`;
        for (let find = screenDraft({ ...CLEAN, bodyHtml })[0]; find; find = screenDraft({ ...CLEAN, bodyHtml })[0]) {
          const masked = maskFind(bodyHtml, find);
          expect(masked).not.toBe(bodyHtml);
          expect(masked.replaceAll(/[^<>]/g, '')).toBe(bodyHtml.replaceAll(/[^<>]/g, ''));
          bodyHtml = masked;
        }
      }),
    );
  });
});
