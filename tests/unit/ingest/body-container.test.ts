import fc from 'fast-check';
import type { Root } from 'hast';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { settle } from '#src/publish/sanitize/settle.ts';
import { bodyArbitrary, DROPPING } from '#tests/support/body-grammar.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** All text of nodes, without what is no text of a notice. */
function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.nodeName === '#text') return (node as DefaultTreeAdapterTypes.TextNode).value;
      return 'childNodes' in node ? textOf(node.childNodes) : '';
    })
    .join('');
}

const solid = (text: string): string => text.replace(/[\s\u00a0\u3000]+/g, '');

/** What a browser makes of a page with this body: the text in the body's box, and the text after it. */
function shownIn(html: string): { inside: string; after: string; boxes: number } {
  const page = parse(`<!doctype html><body><main><article><div>${html}</div><p>后</p></article></main>`);
  const find = (nodes: readonly Node[], name: string): DefaultTreeAdapterTypes.Element[] =>
    nodes.flatMap((node) => {
      if (!('childNodes' in node)) return [];
      return [
        ...(node.nodeName === name ? [node as DefaultTreeAdapterTypes.Element] : []),
        ...find(node.childNodes, name),
      ];
    });
  const [article] = find(page.childNodes, 'article');
  const [box, ...rest] = article?.childNodes ?? [];
  return {
    inside: box && 'childNodes' in box ? textOf(box.childNodes) : '',
    after: solid(textOf(rest)),
    boxes: rest.length,
  };
}

const numbered = (text: string): string[] => text.match(/字\d+。/g) ?? [];

const DROPS = new RegExp(`<(?:${DROPPING.join('|')})`);

describe('a body reads as it was cleaned', () => {
  test('in its box, in the same order, and again the same', () => {
    fc.assert(
      fc.property(bodyArbitrary, (raw) => {
        const { html, text } = sanitizeBody(raw, 'https://a.example/');
        const { inside, after, boxes } = shownIn(html);
        expect({ after, boxes }).toEqual({ after: '后', boxes: 1 });
        expect(solid(inside)).toBe(solid(text));
        expect(sanitizeBody(html, 'https://a.example/')).toEqual({ html, text });
        if (DROPS.test(raw)) return;
        expect(numbered(text).toSorted()).toEqual(numbered(raw).toSorted());
      }),
      { numRuns: 2_000 },
    );
  });

  test('the words behind a column outside of any table stay', () => {
    expect(sanitizeBody('<col><p>甲</p><svg><col>乙</col></svg><math><input>丙</math>').text).toBe('甲\n乙丙');
  });

  test('a body that no reading settles keeps its text, in paragraphs', () => {
    let readings = 0;
    const restless = (tree: Root): Root => {
      readings++;
      return {
        type: 'root',
        children: [...tree.children, { type: 'element', tagName: 'hr', properties: {}, children: [] }],
      };
    };
    const text = (value: string) => ({ type: 'text' as const, value });
    const item = { type: 'element' as const, tagName: 'li', properties: {}, children: [text('甲<乙>')] };
    const { html } = settle({ type: 'root', children: [item, text('丙')] }, restless);
    expect(readings).toBeGreaterThan(2);
    expect(html).toBe('<p>甲&#x3C;乙></p><p>丙</p>');
  });
});
