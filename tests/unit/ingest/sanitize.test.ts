import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { assertSanitizerWorks, sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { fixture, HAS_SAMPLES, sample } from '#tests/support/open-feed.ts';
import { PAYLOADS } from './xss-corpus.ts';

/** Written out again on purpose: the oracle must not follow a slip in the policy. */
const ELEMENTS = new Set(
  'a b blockquote br caption code col colgroup dd del div dl dt em h3 h4 h5 h6 hr i ins li mark ol p pre q s small strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
);
const ATTRIBUTES: Record<string, readonly string[]> = {
  a: ['href', 'rel'],
  col: ['span'],
  ol: ['start'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
};

/** Everything in the markup that is outside the policy. The markup stands in a container that it must not leave. */
function violations(html: string): string[] {
  const $ = load(`<div id="container">${html}</div><p id="after">after</p>`);
  const found: string[] = [];
  if ($('body > #container').length !== 1 || $('body > #after').length !== 1) found.push('left its container');
  if ($('head').children().length > 0) found.push('reached the head');
  for (const element of $('#container *').toArray()) {
    if (!ELEMENTS.has(element.name)) found.push(`<${element.name}>`);
    for (const [name, value] of Object.entries(element.attribs)) {
      if (!ATTRIBUTES[element.name]?.includes(name)) found.push(`${element.name}[${name}]`);
      if (name === 'href' && !/^https?:\/\/[^/@]+\//.test(value)) found.push(`href ${value}`);
      if (name === 'rel' && value !== 'nofollow noopener ugc') found.push(`rel ${value}`);
      if (/span$/.test(name) && !(Number(value) > 0 && Number(value) <= 500)) found.push(`${name} ${value}`);
    }
    if (element.name === 'a' && element.attribs.rel === undefined) found.push('link without rel');
  }
  return found;
}

describe('hostile bodies', () => {
  test('the corpus is large and the oracle sees what is wrong with it', () => {
    expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(130);
    expect(PAYLOADS.filter((payload) => violations(payload).length > 0).length).toBeGreaterThan(110);
  });

  test.each(PAYLOADS)('%s', (payload) => {
    for (const html of [payload, `<p>甲</p>${payload}<p>乙</p>`, `<table><tr><td>${payload}</td></tr></table>`]) {
      const result = sanitizeBody(html, 'https://a.example/list/');
      expect(violations(result.html)).toEqual([]);
    }
  });

  test('random markup never leaves the policy, and only the declared error is thrown', () => {
    const name = fc.constantFrom(
      'p',
      'div',
      'a',
      'b',
      'table',
      'tr',
      'td',
      'svg',
      'math',
      'style',
      'script',
      'template',
      'select',
      'option',
      'form',
      'title',
      'textarea',
      'h1',
      'mtext',
      'mglyph',
      'foreignObject',
      'noscript',
      'frameset',
      'body',
      'html',
      'span',
      'font',
      'img',
      'input',
      'x-y',
    );
    const attribute = fc.constantFrom(
      '',
      ' href=javascript:alert(1)',
      ' href="https://a.example/"',
      ' onclick=x',
      ' style="font-size:0"',
      ' style="display:none"',
      ' colspan=9',
      ' rowspan="65534"',
      ' id=x',
      ' "',
      " '",
      ' src=x',
      ' hidden',
    );
    const tag = fc
      .tuple(fc.constantFrom('<', '</', '<!--', '<!'), name, attribute, fc.constantFrom('>', '/>', '', '-->'))
      .map((parts) => parts.join(''));
    const piece = fc.oneof(
      tag,
      fc.string({ maxLength: 8, unit: 'binary' }),
      fc.constantFrom('甲乙', '&lt;', '&#x3c;', '<', '>', '"', '\u0000', ']]>'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const raw = pieces.join('');
        const { html, text } = sanitizeBody(raw, 'https://a.example/');
        expect(violations(html)).toEqual([]);
        expect(text).not.toMatch(/\n\n/);
      }),
      { numRuns: 1_500 },
    );
  });

  test('the start-up self-test passes', () => expect(() => assertSanitizerWorks()).not.toThrow());
});

describe('size and depth', () => {
  const refused: [string, string][] = [
    ['deep div', '<div>'.repeat(20_000)],
    ['deep table', '<table><tr><td>'.repeat(500)],
    ['deep formatting', '<b>'.repeat(5_000)],
    [
      'reopened formatting',
      `<p>${Array.from({ length: 200 }, (_, at) => `<b a=${at}>`).join('')}${'<p>x'.repeat(100_000)}`,
    ],
    ['many attributes', `<a ${Array.from({ length: 200_000 }, (_, at) => `a${at}`).join(' ')}>x`],
    ['many elements', '<br>'.repeat(210_000)],
    ['too large', 'x'.repeat(2 * 1024 * 1024 + 1)],
    ['too large in bytes', '中'.repeat(700_000)],
    ['endless reference', `&#x${'9'.repeat(1_000_000)};`],
  ];

  test.each(refused)('%s is refused', (_name, html) => expect(() => sanitizeBody(html)).toThrow(FeedFormatError));

  const accepted: [string, string][] = [
    ['flat paragraphs', '<p>x</p>'.repeat(99_000)],
    ['one wrapper around very many nodes', `<x-y>${'<br>x'.repeat(150_000)}</x-y>`],
    ['a wide table', `<table>${`<tr>${'<td>1</td>'.repeat(8)}</tr>`.repeat(2_000)}</table>`],
    ['open brackets', '<'.repeat(1_900_000)],
    ['blanks', `<p>${' \n'.repeat(900_000)}x</p>`],
    ['depth 200', `${'<div>'.repeat(200)}x`],
  ];

  test.each(accepted)('%s is read', (_name, html) => expect(sanitizeBody(html).text.length).toBeGreaterThan(0));
});

describe('fidelity', () => {
  const texts: [string, string][] = [
    ['<p>工期<90日历天</p>', '工期<90日历天'],
    ['<p><招标人名称>某局</p>', '<招标人名称>某局'],
    ['5.0<COP≤5.2，COP>5.4', '5.0<COP≤5.2，COP>5.4'],
    ['<p>a &lt;b&gt; &amp;amp; c</p>', 'a <b> &amp; c'],
    ['<p>一</p><p>二<br>三</p>', '一\n二\n三'],
    ['<center>标题</center>正文', '标题\n正文'],
    ['<section>一</section><article>二</article><form>三</form>', '一\n二\n三'],
    ['<p>项&nbsp;目\u3000名称：甲</p>', '项 目 名称：甲'],
    ['<p>a<b>b</b>c<span>d</span></p>', 'abcd'],
    ['<table><tr><td>甲</td><td>乙</td></tr><tr><td></td><td>丁</td></tr></table>', '甲\t乙\n\t丁'],
    ['<table><tr><td colspan=2>甲</td><td>乙</td></tr></table>', '甲\t\t乙'],
    ['<table><tr><td>甲<br>乙</td><td><p>丙</p><p>丁</p></td></tr></table>', '甲 乙\t丙 丁'],
    ['<pre>第一行\n  第二行</pre>', '第一行\n第二行'],
    ['<ul><li>一<li>二</ul>', '一\n二'],
    ['<input value="填写的值"><input type=checkbox checked>是<input type=radio>否', '填写的值☑是☐否'],
    ['<select><option>甲<option selected>乙</select>', '乙'],
    ['<svg><text>图中文字</text></svg><math><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>', '图中文字x<1'],
    ['<o:p>Word 段落</o:p>', 'Word 段落'],
    ['<noscript>无脚本</noscript>', '无脚本'],
    ['㎡ ① Ⅲ 𠮷 👍 ﷽', '㎡ ① Ⅲ 𠮷 👍 ﷽'],
  ];

  test.each(texts)('%s', (html, text) => expect(sanitizeBody(html).text).toBe(text));

  test('headings fall below those of the page, links are resolved, images become links', () => {
    const { html } = sanitizeBody(
      '<h1>一</h1><h2>二</h2><h6>六</h6><a href=" x.pdf ">附件</a><img src="/a.png" alt="平面图"><img src="data:image/png;base64,x">',
      'https://a.example/b/c.html',
    );
    expect(html).toBe(
      '<h3>一</h3><h4>二</h4><h5>六</h5><a href="https://a.example/b/x.pdf" rel="nofollow noopener ugc">附件</a><a href="https://a.example/a.png" rel="nofollow noopener ugc">〔图片：平面图〕</a>',
    );
  });

  test.each([
    ['<h4>一</h4><p>文</p><h4>二</h4>', '<h3>一</h3><p>文</p><h3>二</h3>'],
    ['<h4>一</h4><div><h6>甲</h6></div><h2>二</h2><h6>乙</h6>', '<h3>一</h3><h4>甲</h4><h3>二</h3><h4>乙</h4>'],
    ['<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5>', '<h3>1</h3><h4>2</h4><h5>3</h5><h6>4</h6><h6>5</h6>'],
  ])('headings of %s have levels without gaps', (html, leveled) => expect(sanitizeBody(html).html).toBe(leveled));

  test('an address joined behind another gives the last one', () => {
    const { html } = sanitizeBody('<a href="https://www.ggzy.gov.cn http://cx.ksggzy.com/a.pdf">附件</a>');
    expect(html).toContain('href="http://cx.ksggzy.com/a.pdf"');
  });

  test('tables keep headers and spans; empty parts and doubled emphasis go', () => {
    const { html } = sanitizeBody(
      '<table style="x"><caption>表</caption><tr><th scope=col colspan=2>甲</th></tr><tr><td rowspan=2>乙</td><td></td></tr></table><p>&nbsp;</p><p><b><b>丙</b></b></p><div><div><p>丁</p></div></div><table><tr><td>框</td></tr></table>',
    );
    expect(html).toBe(
      '<table><caption>表</caption><tbody><tr><th scope="col" colspan="2">甲</th></tr><tr><td rowspan="2">乙</td><td></td></tr></tbody></table><p><b>丙</b></p><p>丁</p><div>框</div>',
    );
  });
});

describe('hidden text', () => {
  test.each([
    '<span style="font-size:0.001px;color:#fff">&amp;&amp;&amp;招标人盖章位置2&amp;&amp;&amp;</span>正文',
    '<span style="display: none">藏</span>正文',
    '<div hidden>藏</div>正文',
    '<p style="visibility:hidden">藏</p>正文',
    '<input type="hidden" value="藏">正文',
    '<div style="font-size:0">藏<p style="font-size:0.5em">藏</p></div>正文',
    '<div style="height:0;overflow:hidden">藏</div>正文',
    '<p style="color:red;opacity:0">藏</p>正文',
  ])('%s', (html) => expect(sanitizeBody(html).text).toBe('正文'));

  test.each([
    ['<div style="font-size:0"><span style="font-size:14px">甲</span></div>', '甲'],
    ['<p style="font-size:10.5pt">甲</p>', '甲'],
    ['<p style="opacity:0.9;line-height:0">甲</p>', '甲'],
    ['<div style="display:none"><p>全文由脚本显示</p></div>', '全文由脚本显示'],
  ])('%s is shown', (html, text) => expect(sanitizeBody(html).text).toBe(text));

  test('a whole page: inner document, seal placeholders and global styles are gone, the text is whole', () => {
    const page = fixture('bodies/epoint-detail.html').toString();
    const { html, text } = sanitizeBody(page);
    expect(violations(html)).toEqual([]);
    expect(text).not.toMatch(/盖章位置|margin|&&&|jquery|第一章|方法一|county\.example\/jyxx/);
    expect(text).toContain('本项目已获批准（凫发改字〔2026 〕 9号），招标人为凫岭禾轻轨运营有限公司。');
    expect(text).toContain('5.1 投标截止时间 ：2026-06-24 09:30:00。');
    expect(text).toContain('5.0<COP≤5.2加0.3分；5.2<COP≤5.4加0.4分。');
    expect(html.length).toBeLessThan(page.length / 3);
  });

  test.skipIf(!HAS_SAMPLES)('the captured page: nothing of its scripts, seals and styles, and the whole text', () => {
    const { html, text } = sanitizeBody(sample('epoint-jsggzy.detail.003001001.20260529.html').toString());
    expect(violations(html)).toEqual([]);
    expect(text).not.toMatch(/盖章位置|margin|&&&|jquery/);
    expect(text).toContain('5.1 投标文件递交截止时间 ：2026-06-24 09:30:00。');
    expect(text).toContain('5.0<COP≤5.2');
    expect(html.length).toBeLessThan(12_000);
  });
});
