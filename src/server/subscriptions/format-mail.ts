import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { describeUnlisted, type Mail, type MessageParagraph } from './message.ts';

/** A message as plain text. */
export function toMailText({ intro, items, unlisted, actions, footer }: Mail): string {
  return [
    intro,
    ...items.map(({ heading, url, lines }) => [heading, ...lines, url].join('\n')),
    ...(unlisted > 0 ? [describeUnlisted(unlisted)] : []),
    actions.map(({ label, url }) => `${label}：\n${url}`).join('\n'),
    footer,
  ].join('\n\n');
}

/** A message as HTML: words and links only; nothing is loaded from anywhere, so nobody learns when it is read. */
export function toMailHtml({ intro, items, unlisted, actions, footer }: Mail): string {
  const tree: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      element('html', { lang: 'zh-CN' }, [
        element('head', {}, [element('meta', { charSet: 'utf-8' }, [])]),
        element('body', { style: 'font:16px/1.6 sans-serif;max-width:40em;margin:0 auto;padding:16px' }, [
          paragraph(intro),
          ...items.map(toSection),
          ...(unlisted > 0 ? [paragraph(describeUnlisted(unlisted))] : []),
          element(
            'p',
            {},
            actions.flatMap(({ label, url }) => [link(label, url), text('　')]),
          ),
          element('p', { style: 'color:#555;font-size:14px' }, [text(footer)]),
        ]),
      ]),
    ],
  };
  return toHtml(tree);
}

function toSection({ heading, url, lines }: MessageParagraph): Element {
  return element('div', { style: 'margin:16px 0' }, [
    element('strong', {}, [link(heading, url)]),
    ...lines.map((line) => element('div', {}, [text(line)])),
  ]);
}

const text = (value: string): ElementContent => ({ type: 'text', value });
const paragraph = (value: string): Element => element('p', {}, [text(value)]);
const link = (label: string, href: string): Element => element('a', { href }, [text(label)]);

function element(tagName: string, properties: Record<string, string>, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}
