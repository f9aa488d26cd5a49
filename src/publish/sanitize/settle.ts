import type { ElementContent, Parents, Root, RootContent } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { toHtml } from 'hast-util-to-html';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseFragment } from '#src/formats/html.ts';
import { toBodyText } from './text.ts';

/** Readings after which a body is taken for one that no reading settles: most settle with the first, the rest with the third. */
const MOST_READINGS = 6;

/** A body as it is stored: a tree, and the HTML that every browser reads as this very tree. */
export interface SettledBody {
  tree: Root;
  html: string;
}

/**
 * Writes a tree as HTML that reads as the same tree where it will stand: elements that were renamed or unwrapped can stand where
 * a parser ends another one, and text would leave the body's box. What reads differently is taken as it reads and cleaned
 * again; what does not settle keeps its text, in paragraphs. Cleaning the result again changes nothing.
 */
export function settle(first: Root, clean: (tree: Root) => Root): SettledBody {
  let tree = first;
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const html = toHtml(tree);
    const read = readBack(html);
    if (!read) break;
    const isSame = read.isContained && isSameContent(tree, read.tree);
    const next = clean(read.tree);
    if (isSame && toHtml(next) === html) return { tree, html };
    tree = next;
  }
  const paragraphs = toParagraphs(tree);
  return { tree: paragraphs, html: toHtml(paragraphs) };
}

/** The HTML as it reads in its container; when some of it leaves that, as it reads without. Undefined when it cannot be read. */
function readBack(html: string): { tree: Root; isContained: boolean } | undefined {
  try {
    const [container, ...outside] = parse(`<div>${html}</div>`).children;
    const isContained = outside.length === 0 && container?.type === 'element';
    return { tree: isContained ? { type: 'root', children: container.children } : parse(html), isContained };
  } catch (error) {
    if (error instanceof FeedFormatError) return undefined;
    throw error;
  }
}

function parse(html: string): Root {
  return fromParse5(parseFragment(html)) as Root;
}

/** Same elements, properties and texts in the same order; texts beside each other are one. */
function isSameContent(one: Parents, other: Parents): boolean {
  const ours = joinTexts(one.children);
  const theirs = joinTexts(other.children);
  return ours.length === theirs.length && ours.every((node, index) => isSameNode(node, theirs[index]));
}

function isSameNode(one: Content | string, other: Content | string | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  if (one.type !== 'element' || other?.type !== 'element') return false;
  return one.tagName === other.tagName && isSameContent(one, other);
}

type Content = RootContent | ElementContent;

/** Children with each run of texts as one string. */
function joinTexts(children: readonly Content[]): (Content | string)[] {
  const joined: (Content | string)[] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (child.type !== 'text') joined.push(child);
    else if (typeof last === 'string') joined[joined.length - 1] = last + child.value;
    else joined.push(child.value);
  }
  return joined;
}

/** The text of a tree, a paragraph for each line. */
function toParagraphs(tree: Root): Root {
  const lines = toBodyText(tree).split('\n');
  const children = lines.map((value) => {
    return { type: 'element' as const, tagName: 'p', properties: {}, children: [{ type: 'text' as const, value }] };
  });
  return { type: 'root', children };
}
