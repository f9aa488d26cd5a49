import { expect, test } from 'vitest';
import { assertScreened } from '#src/ingest/mirror/change.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { BLOCKS } from '#src/publish/library/blocks.ts';
import { toLibraryRow } from '#src/publish/library/import.ts';
import { prepareNotice } from '#src/publish/prepare/prepare.ts';

const HIDDEN = '\u202e\u3164\u2066\u{e0041}\u200b\ufeff';
const hide = (text: string): string => [...text].join(HIDDEN);

const draft: NoticeDraft = {
  sourceItemId: `甲${HIDDEN}1`,
  column: { code: 'push' },
  mapping: { category: 'procurement', stage: 'tenderNotice' },
  title: hide('学校设备采购项目公开招标公告'),
  rawTitle: '',
  published: { raw: '2026-06-01 09:00:00', field: 'publishedAt' },
  bodyHtml: `<p>${hide('采购人：某某学校')}</p>`,
  attachments: [{ name: hide('招标文件.pdf'), url: 'https://a.example/1.pdf' }],
  projectCode: hide('SDGP370881202600123'),
  fields: { [hide('采购人')]: hide('某某学校') },
  extra: {},
};

test('a notice is stored as it reads, whatever it was sent with; its id stays', () => {
  const { content, text, reading } = prepareNotice(draft, { sourceKey: 'push-qufu', publishedBy: 'qufu' });
  expect(content).toMatchObject({
    sourceItemId: draft.sourceItemId,
    title: '学校设备采购项目公开招标公告',
    projectCode: 'SDGP370881202600123',
    bodyHtml: '<p>采购人：某某学校</p>',
    attachments: [{ name: '招标文件.pdf' }],
    fields: { 采购人: '某某学校' },
  });
  expect([text, reading.buyer]).toEqual(['采购人：某某学校', '某某学校']);
});

test('a title of nothing but such characters is none', () => {
  const empty = { ...draft, title: HIDDEN.repeat(3) };
  expect(() => prepareNotice(empty, { sourceKey: 'push-qufu', publishedBy: 'qufu' })).toThrow('标题');
});

test('a row of a register is kept as it reads, and a mirror takes no such words', () => {
  const block = BLOCKS[0] as (typeof BLOCKS)[number];
  expect(toLibraryRow(block, ['企业名称', '资质名称'], [hide('某某公司'), hide('施工总承包')])).toMatchObject({
    资质名称: '施工总承包',
  });
  expect(() => assertScreened([null, hide('某某公司')])).toThrow('不可见');
  expect(() => assertScreened([null, '某某公司'])).not.toThrow();
});
