import { expect, test } from 'vitest';
import { markFinds } from '#src/domain/screening/mask.ts';
import { screenDraft } from '#src/domain/screening/screen-draft.ts';

const IDENTITY = '370811199003077511';

test('finds are marked where they stand, across tags, and as one where they overlap', () => {
  const bodyHtml = `<p>负责人 ${IDENTITY.slice(0, 9)}<b class="x">${IDENTITY.slice(9)}</b>，另见附件。</p>`;
  const finds = screenDraft({ stage: null, title: '', bodyHtml, fields: {}, attachments: [] });
  expect(finds).toHaveLength(1);
  expect(markFinds(bodyHtml, finds)).toBe(
    `<p>负责人 <mark>${IDENTITY.slice(0, 9)}</mark><b class="x"><mark>${IDENTITY.slice(9)}</mark></b>，另见附件。</p>`,
  );
  const overlapping = [
    { start: 2, end: 5 },
    { start: 4, end: 7 },
  ];
  expect(markFinds('一二三四五六七八', overlapping)).toBe('一二<mark>三四五六七</mark>八');
  expect(markFinds(bodyHtml, [])).toBe(bodyHtml);
});
