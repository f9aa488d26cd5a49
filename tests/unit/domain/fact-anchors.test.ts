import { describe, expect, test } from 'vitest';
import { anchorSpans } from '#src/domain/facts/fact-anchors.ts';
import type { TextSpan } from '#src/domain/facts/fact-evidence.ts';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';

const mark = (html: string, ...spans: TextSpan[]) => anchorSpans(html, spans).html;

describe('elements around spans', () => {
  test('blanks do not count, and stay', () => {
    expect(mark('<p>预算 金额： 50 万元 整</p>', [5, 9])).toBe(
      '<p>预算 金额： <span class="from" id="from-5-9">50 万元</span> 整</p>',
    );
  });

  test('a reference counts as its character, and is never cut', () => {
    expect(mark('<p>A&#x26;B&#x3C;1万元</p>', [1, 2])).toBe(
      '<p>A<span class="from" id="from-1-2">&#x26;</span>B&#x3C;1万元</p>',
    );
    expect(mark('<p>甲&#xA0;&#x3C;乙</p>', [2, 3])).toBe(
      '<p>甲&#xA0;&#x3C;<span class="from" id="from-2-3">乙</span></p>',
    );
  });

  test('words in several elements are marked in their longest run', () => {
    expect(mark('<p>共<b>5</b>0万元</p>', [1, 5])).toBe(
      '<p>共<b>5</b><span class="from" id="from-1-5">0万元</span></p>',
    );
  });

  test('spans within spans are nested; equal and crossing ones share an element', () => {
    const { html, anchorOf } = anchorSpans('<p>甲乙丙丁戊</p>', [
      [1, 2],
      [0, 3],
      [0, 3],
      [2, 5],
    ]);
    expect(html).toBe(
      '<p><span class="from" id="from-0-3">甲<span class="from" id="from-1-2">乙</span>丙</span>丁戊</p>',
    );
    expect(anchorOf([2, 5])).toBe('from-0-3');
  });

  test('neighbours stay beside each other, at the edges of elements too', () => {
    expect(mark('<td>甲乙</td><td>丙</td>', [0, 1], [1, 2], [2, 3])).toBe(
      '<td><span class="from" id="from-0-1">甲</span><span class="from" id="from-1-2">乙</span></td><td><span class="from" id="from-2-3">丙</span></td>',
    );
  });

  test('a span that the body does not hold has no element', () => {
    const { html, anchorOf } = anchorSpans('<p>甲</p>', [[7, 9]]);
    expect(html).toBe('<p>甲</p>');
    expect(anchorOf([7, 9])).toBeUndefined();
  });

  test('a greater-than sign in an attribute does not end a tag', () => {
    expect(mark('<p><a href="/x?a>b">甲</a>乙</p>', [1, 2])).toBe(
      '<p><a href="/x?a>b">甲</a><span class="from" id="from-1-2">乙</span></p>',
    );
  });
});

test('the words around which the element stands are the words that were read', () => {
  const raw = `<p>项目编号：&nbsp;JN-2026-0001</p><table><caption>说明&amp;附注</caption>
    <tr><td>包号</td><td>采购人</td><td>预算金额（元）</td></tr>
    <tr><td>A</td><td>泗滨岚街道办事处</td><td>1,127,000.00</td></tr></table>
    <p>投标截止时间：<b>2026年4月1日</b> 9时30分</p>`;
  const { html } = sanitizeBody(raw);
  const facts = extractFacts({ html, category: 'procurement', stage: 'tenderNotice', fields: {} });
  const read = [facts.projectCode, facts.budget, facts.deadline];
  const spans = read.flatMap((fact) => (fact?.span ? [fact.span] : []));
  expect(spans).toHaveLength(3);
  const { html: marked } = anchorSpans(html, spans);
  const texts = [...marked.matchAll(/<span class="from"[^>]*>([^<]*)<\/span>/g)].map((match) => match[1]);
  expect(texts).toEqual(['JN-2026-0001', '1,127,000.00', '2026年4月1日']);
});
