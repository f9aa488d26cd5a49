import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parsePage } from '#src/formats/html.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseXlsx } from '#src/formats/table.ts';
import { childText, parseXml } from '#src/formats/xml.ts';
import { readWholePage } from '#src/ingest/adapters/common/article.ts';

const bytes = (text: string) => Buffer.from(text);

describe('XML', () => {
  test('text and CDATA are kept as written: no numbers are made of them', () => {
    const root = parseXml(
      bytes('<?xml version="1.0"?><r><a>0012</a><a>1e5</a><b><![CDATA[<li>&nbsp;1.10</li>]]></b></r>'),
    );
    expect(childText(root, 'a')).toBe('0012');
    expect(childText(root, 'c', 'b')).toBe('<li>&nbsp;1.10</li>');
  });

  test.each([
    ['a cut document', '<a><b>x'],
    ['a web page', '<html><body>登录</body></html>'],
    ['a web page with a document type', '<!DOCTYPE html><html><body>登录</body></html>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['entities in entities', `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "${'&a;'.repeat(100)}">]><a>&b;</a>`],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['two roots', '<a/><b/>'],
    ['nothing', '   '],
    ['text', '访问过于频繁'],
    ['depth', '<a>'.repeat(100) + '</a>'.repeat(100)],
    ['many elements', `<a>${'<b/>'.repeat(200_001)}</a>`],
    ['many attributes', `<a ${Array.from({ length: 50_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`],
    ['a control character', '<a>\u0001</a>'],
  ])('%s is refused', (_name, text) => expect(() => parseXml(bytes(text))).toThrow(FeedFormatError));
});

describe('workbooks', () => {
  /** A zip archive of one entry that declares any size it likes. */
  function zip(content: Buffer, declared: number, count = 1): Buffer {
    const name = Buffer.from('xl/workbook.xml');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(declared, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(declared, 24);
    entry.writeUInt16LE(name.length, 28);
    const directory = Buffer.concat(Array.from({ length: count }, () => Buffer.concat([entry, name])));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(30 + name.length + content.length, 16);
    return Buffer.concat([local, name, content, directory, end]);
  }

  const bomb = deflateRawSync(Buffer.alloc(80 * 1024 * 1024));

  test.each([
    ['a bomb that declares its size', zip(bomb, 80 * 1024 * 1024)],
    ['a bomb that declares ten bytes', zip(bomb, 10)],
    ['a small part repeated', zip(deflateRawSync(Buffer.alloc(1024 * 1024)), 10, 400)],
    ['very many parts', zip(deflateRawSync(Buffer.from('x')), 1, 5_000)],
    ['no workbook', zip(deflateRawSync(Buffer.from('x')), 1)],
    ['no archive', Buffer.from('编号,标题')],
    ['an old XLS', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ])('%s is refused', (_name, content) => expect(parseXlsx(content)).rejects.toThrow(FeedFormatError));
});

describe('whole pages', () => {
  const page = (body: string, after = '') => `<!DOCTYPE html><html><body>${body}</body></html>${after}`;

  test.each([
    ['comments and scripts around', page('正文', '<!-- 1 --><!--><script>foot()</script>\n')],
    ['a nested document', page('<div><!doctype html><html lang="en"><body>正文</body></html></div>')],
    ['comments behind the end that never close', page('正文', '<!--'.repeat(100_000))],
    ['tags inside comments and scripts', page('<!--[if IE]><html><![endif]--><script>a("<html>")</script>')],
  ])('read: $0', (_name, html) => expect(() => readWholePage(Buffer.from(html))).not.toThrow());

  test.each([
    ['nothing closed', '<html><body>正文'],
    ['cut inside a nested document', '<html><body><div><html><body>正文</body></html>'],
    ['text behind the end', page('正文', '正文')],
    ['a fragment', '<div>正文</div>'],
    ['an end without a beginning', '<div>正文</div></html>'],
    ['scripts that never close', page(`${'<script '.repeat(200_000)}`)],
  ])('refused: $0', (_name, html) => expect(() => readWholePage(Buffer.from(html))).toThrow(FeedFormatError));
});

describe('pages', () => {
  test('nested documents and selectors', () => {
    const $ = parsePage(
      '<!doctype html><div class=a><html><head><title>x</title></head><body><p>甲</p></body></html></div>',
    );
    expect($('.a p').text()).toBe('甲');
  });

  test.each([
    '<div>'.repeat(2_000),
    `<a ${'a '.repeat(10)}${Array.from({ length: 20_000 }, (_, at) => `b${at}`).join(' ')}>`,
  ])('hostile pages are refused', (html) => {
    expect(() => parsePage(html)).toThrow(FeedFormatError);
  });
});

test.each([
  [' /a.pdf ', 'https://a.example/b/', 'https://a.example/a.pdf'],
  ['https://www.ggzy.gov.cn http://cx.ksggzy.com/a', undefined, 'http://cx.ksggzy.com/a'],
  ['javascript:x()', 'https://a.example/', undefined],
  ['mailto:a@b.example', 'https://a.example/', undefined],
  ['#top', 'https://a.example/', undefined],
  ['', 'https://a.example/', undefined],
  ['{{downloadurl}}', 'https://a.example/', undefined],
  ['%7B%7Burl%7D%7D', 'https://a.example/', undefined],
  ['https://a:b@c.example/', undefined, undefined],
  ['a.pdf', undefined, undefined],
  [`https://a.example/${'x'.repeat(3_000)}`, undefined, undefined],
])('%s', (href, base, url) => expect(toAbsoluteUrl(href, base)).toBe(url));
