import type { Parents, Root } from 'hast';

const HEADING = /^h([1-6])$/;
/** Level of a body's first heading: the page's own heading of the body is one above. */
const FIRST_LEVEL = 3;
const LAST_LEVEL = 6;

/**
 * Gives the headings of a body levels from `h3` on without gaps, in the order they rank in the source: a text that
 * begins with `h4` begins with `h3` here. Changes the tree in place.
 */
export function levelHeadings(tree: Root): void {
  levelBelow(tree, []);
}

/** @param above levels in the source of the headings that the next one may stand below. */
function levelBelow(parent: Parents, above: number[]): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue;
    const level = Number(HEADING.exec(child.tagName)?.[1]);
    if (level) {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      child.tagName = `h${Math.min(FIRST_LEVEL + above.length, LAST_LEVEL)}`;
      above.push(level);
    }
    levelBelow(child, above);
  }
}
