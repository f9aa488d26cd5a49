/** A transformation as PDF writes it (ISO 32000-1, 8.3.3): `x' = a x + c y + e`, `y' = b x + d y + f`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** The box around a box that is transformed. */
export function transformBox([a, b, c, d, e, f]: Matrix, { left, bottom, right, top }: Box): Box {
  const corners = [left, right].flatMap((x) => [bottom, top].map((y) => [a * x + c * y + e, b * x + d * y + f]));
  const xs = corners.map(([x = 0]) => x);
  const ys = corners.map(([, y = 0]) => y);
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
}

/** How much larger things become. */
export const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c));

const areaOf = ({ left, bottom, right, top }: Box) => Math.max(0, right - left) * Math.max(0, top - bottom);

/** The part of a box that lies within another, 0–1. */
export function shareWithin(inner: Box, outer: Box): number {
  const common = {
    left: Math.max(inner.left, outer.left),
    bottom: Math.max(inner.bottom, outer.bottom),
    right: Math.min(inner.right, outer.right),
    top: Math.min(inner.top, outer.top),
  };
  const area = areaOf(inner);
  return area === 0 ? 0 : areaOf(common) / area;
}

/** The box of a path of straight lines that fills it wholly; undefined for other shapes. */
export function rectangleOf(path: ArrayLike<number>): Box | undefined {
  const points: [number, number][] = [];
  for (let at = 0; at < path.length; ) {
    const operation = path[at];
    if (operation === 4) at += 1;
    else if (operation === 0 || operation === 1) {
      points.push([path[at + 1] ?? 0, path[at + 2] ?? 0]);
      at += 3;
    } else return undefined;
    if (points.length > 6) return undefined;
  }
  if (points.length < 4) return undefined;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box = { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
  const doubled = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(Math.abs(doubled) / 2 - areaOf(box)) <= areaOf(box) * 0.01 ? box : undefined;
}
