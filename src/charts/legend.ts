import type { Element } from 'hast';
import { LETTER, letters, mark, seriesClass, textWidth } from './marks.ts';

const SWATCH = 14;
const LINE = 24;

/** Names of series beside their colours, in as many lines as they need. `height` is what they take; none for a single series. */
export function drawLegend(
  labels: readonly string[],
  width: number,
  top: number,
): { marks: Element[]; height: number } {
  if (labels.length < 2) return { marks: [], height: 0 };
  let [x, line] = [0, 0];
  const marks = labels.flatMap((label, index) => {
    const own = SWATCH + 6 + textWidth(label) + 16;
    if (x > 0 && x + own > width) [x, line] = [0, line + 1];
    const y = top + line * LINE;
    const at = x;
    x += own;
    return [
      mark('rect', { x: at, y, width: SWATCH, height: SWATCH, className: ['fill', seriesClass(index)] }),
      letters(label, at + SWATCH + 6, y + LETTER - 2),
    ];
  });
  return { marks, height: (line + 1) * LINE + 4 };
}
