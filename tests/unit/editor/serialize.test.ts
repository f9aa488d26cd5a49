import fc from 'fast-check';
import { type Mark, Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { bodySchema, INLINE_ELEMENTS } from '#src/islands/editor/schema.ts';
import { serialize } from '#src/islands/editor/serialize.ts';
import { toWebAddress } from '#src/islands/editor/web-address.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { ALLOWED_ELEMENTS } from '#src/publish/sanitize/schema.ts';

const { nodes, marks } = bodySchema;
const words = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '招标人',
      '<b>',
      '&amp;',
      ' 前后 ',
      '　',
      ' ',
      '"引"',
      '\u200b',
      '\u00a0',
      'a\tb\nc',
      '5<x≤6',
      '</td>',
      "'`",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }) },
);
const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('https://例子.中国/a\'b?c=`&d="e"', 'http://a.example/公告 附件.pdf', 'https://x.example/?a=<b>'),
);
const someMarks = fc
  .tuple(fc.subarray([...INLINE_ELEMENTS], { maxLength: 3 }), fc.option(address))
  .map(([names, url]) => {
    const href = url === null ? undefined : toWebAddress(url);
    const all = names.map((name) => marks[name].create());
    return (href ? [...all, marks.link.create({ href })] : all).reduce<readonly Mark[]>(
      (set, mark) => mark.addToSet(set),
      [],
    );
  });
const inline = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(words, someMarks).map(([text, set]) => bodySchema.text(text, set)) },
    { weight: 1, arbitrary: someMarks.map((set) => nodes.lineBreak.create(null, null, set)) },
  ),
  { maxLength: 5 },
);
const paragraph = inline.map((content) => nodes.paragraph.create(null, content));
const heading = fc
  .tuple(fc.integer({ min: 1, max: 4 }), inline)
  .map(([level, content]) => nodes.heading.create({ level }, content));
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((value) => bodySchema.text(value));
const preformatted = fc
  .oneof(text, fc.constant(bodySchema.text('\n\n a\tb  c\r\nd ')))
  .map((value) => nodes.preformatted.create(null, value));

const { list, block } = fc.letrec<{ list: Node; item: Node; block: Node; cell: Node }>((tie) => ({
  item: fc
    .tuple(paragraph, fc.array(fc.oneof({ maxDepth: 2 }, paragraph, tie('list')), { maxLength: 2 }))
    .map(([first, rest]) => nodes.listItem.create(null, [first, ...rest])),
  list: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.array(tie('item'), { minLength: 1, maxLength: 3 }))
    .map(([start, items]) =>
      start === 0 ? nodes.bulletList.create(null, items) : nodes.orderedList.create({ start }, items),
    ),
  cell: fc
    .tuple(
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(null, 'col', 'row'),
      fc.array(fc.oneof({ weight: 5, arbitrary: paragraph }, heading, tie('list'), preformatted), {
        minLength: 1,
        maxLength: 2,
      }),
    )
    .map(([isHeader, colspan, rowspan, scope, content]) =>
      (isHeader ? nodes.table_header : nodes.table_cell).create(
        { colspan, rowspan, scope: isHeader ? scope : null },
        content,
      ),
    ),
  block: fc.oneof(
    { weight: 4, arbitrary: paragraph },
    { weight: 2, arbitrary: heading },
    tie('list'),
    preformatted,
    fc.constant(nodes.rule.create()),
    fc
      .array(fc.oneof(paragraph, heading, tie('list')), { minLength: 1, maxLength: 2 })
      .map((content) => nodes.blockquote.create(null, content)),
    fc
      .array(
        fc.oneof(
          inline.map((content) => nodes.term.create(null, content)),
          fc.array(paragraph, { minLength: 1, maxLength: 2 }).map((content) => nodes.details.create(null, content)),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((content) => nodes.definitions.create(null, content)),
    {
      weight: 2,
      arbitrary: fc.array(fc.array(tie('cell'), { maxLength: 3 }), { minLength: 1, maxLength: 4 }).map((rows) =>
        nodes.table.create(
          null,
          rows.map((cells) => nodes.table_row.create(null, cells)),
        ),
      ),
    },
  ),
}));
const documents = fc
  .array(fc.oneof(block, list), { minLength: 1, maxLength: 6 })
  .map((content) => nodes.doc.create(null, content));

test('what the editor writes is what the sanitizer leaves, for any document', () => {
  fc.assert(
    fc.property(documents, (doc) => {
      doc.check();
      const html = serialize(doc);
      expect(sanitizeBody(html).html).toBe(html);
    }),
    { numRuns: 600 },
  );
});

test('no word of a document is lost', () => {
  const letters = (value: string) => value.replace(/[^\p{Script=Han}]/gu, '');
  fc.assert(
    fc.property(documents, (doc) => {
      expect(letters(sanitizeBody(serialize(doc)).text)).toBe(letters(doc.textContent));
    }),
    { numRuns: 150 },
  );
});

describe('the schema', () => {
  test('reads every element that bodies may hold, or what stands in it', () => {
    const read = new Set(
      [...Object.values(bodySchema.nodes), ...Object.values(bodySchema.marks)].flatMap(({ spec }) =>
        (spec.parseDOM ?? []).flatMap((rule) => ('tag' in rule ? [String(rule.tag).replace(/\[.*/, '')] : [])),
      ),
    );
    // Their content is read in place; a caption becomes a line before its table, a group of columns says nothing.
    const unwrapped = ['caption', 'col', 'colgroup', 'div', 'tbody', 'tfoot', 'thead'];
    expect([...read, ...unwrapped].sort()).toEqual([...ALLOWED_ELEMENTS].sort());
  });

  test('takes no address but one of the web', () => {
    for (const href of [
      'javascript:alert(1)',
      'data:text/html,x',
      '/a',
      'http://user:pass@a.example/',
      'file:///c/a.doc',
      '',
    ])
      expect(toWebAddress(href), href).toBeUndefined();
    const bad = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }],
        },
      ],
    };
    expect(() => Node.fromJSON(bodySchema, bad).check()).toThrow();
  });
});
