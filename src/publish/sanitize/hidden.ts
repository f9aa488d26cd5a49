import type { Element, Nodes, Parents } from 'hast';

/** Text below this size cannot be read: seal placeholders stand at 0.001px (docs/feeds.md#epoint-details). */
const SMALLEST_PX = 2;
const PX_PER_UNIT: Record<string, number> = { px: 1, '': 1, pt: 4 / 3, mm: 3.78, cm: 37.8, em: 16, rem: 16, '%': 0.16 };

/** A tree without the elements and texts that the source itself does not show. Changes the tree in place. */
export function dropHidden(tree: Parents): void {
  prune(tree, false);
}

function prune(parent: Parents, parentTiny: boolean): void {
  parent.children = (parent.children as Nodes[]).filter((child) => {
    if (child.type === 'text') return !parentTiny;
    if (child.type !== 'element') return true;
    if (isHidden(child)) return false;
    prune(child, inheritsTiny(child, parentTiny));
    return true;
  }) as typeof parent.children;
}

function styleOf(element: Element): string {
  const style = element.properties.style;
  return typeof style === 'string' ? style.slice(0, 4_000) : '';
}

function isHidden(element: Element): boolean {
  const { properties } = element;
  if (properties.hidden !== undefined && properties.hidden !== false) return true;
  if (element.tagName === 'input' && String(properties.type).toLowerCase() === 'hidden') return true;
  const style = styleOf(element);
  if (/(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)/i.test(style))
    return true;
  return /(?:^|[;\s])opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)/i.test(style) || isZeroBox(style);
}

/** Nothing shows of a box of no size that cuts what overflows. */
function isZeroBox(style: string): boolean {
  const zero = /(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*0(?:\.\d*)?(?:px|pt)?\s*(?:;|$|!)/i;
  return zero.test(style) && /overflow\s*:\s*hidden/i.test(style);
}

/** Font sizes are inherited, so an inner readable size undoes an outer zero (a common trick for inline blocks). */
function inheritsTiny(element: Element, parentTiny: boolean): boolean {
  const match = /(?:^|[;\s])font-size\s*:\s*(\d*\.?\d+)\s*(px|pt|mm|cm|em|rem|%|)/i.exec(styleOf(element));
  if (!match) return parentTiny;
  const unit = (match[2] ?? '').toLowerCase();
  if (parentTiny && (unit === 'em' || unit === '%')) return true;
  return Number(match[1]) * (PX_PER_UNIT[unit] ?? 1) < SMALLEST_PX;
}
