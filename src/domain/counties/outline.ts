import type { County } from './counties.ts';

/** A corner on the grid of the sketch: x to the east, y to the south. */
export type Corner = readonly [x: number, y: number];

/**
 * Where the counties lie to one another, drawn by hand on a coarse grid: a sketch to click on, which shows neither areas nor borders.
 * Neighbours share corners. The city itself is a box beside them.
 */
export const COUNTY_OUTLINES: Readonly<Record<County, readonly Corner[]>> = {
  liangshan: [
    [0, 0],
    [3, 0],
    [3, 2],
    [0, 3],
  ],
  wenshang: [
    [3, 0],
    [6, 0],
    [6, 2],
    [3, 2],
  ],
  yanzhou: [
    [6, 0.8],
    [8, 0.8],
    [8, 3],
    [6.9, 3],
    [6, 2],
  ],
  qufu: [
    [8, 0.8],
    [10, 0.5],
    [10, 3],
    [8, 3],
  ],
  sishui: [
    [10, 0.5],
    [13, 0],
    [13, 3],
    [10, 3],
  ],
  jiaxiang: [
    [0, 3],
    [3, 2],
    [3.3, 4],
    [3.5, 5],
    [0.5, 5.5],
  ],
  jingkai: [
    [3, 2],
    [4.5, 2],
    [4.5, 4],
    [3.3, 4],
  ],
  rencheng: [
    [4.5, 2],
    [6, 2],
    [6, 5],
    [3.5, 5],
    [3.3, 4],
    [4.5, 4],
  ],
  gaoxin: [
    [6, 2],
    [6.9, 3],
    [7, 4.5],
    [6, 5],
  ],
  zoucheng: [
    [6.9, 3],
    [13, 3],
    [12, 6.5],
    [8, 6],
    [7, 4.5],
  ],
  taibaihu: [
    [3.5, 5],
    [6, 5],
    [7, 4.5],
    [6.5, 6],
    [4, 6],
  ],
  jinxiang: [
    [0.5, 5.5],
    [3.5, 5],
    [4, 6],
    [3.5, 8.5],
    [0.5, 8],
  ],
  yutai: [
    [4, 6],
    [5.5, 6],
    [6, 8.5],
    [3.5, 8.5],
  ],
  weishan: [
    [5.5, 6],
    [6.5, 6],
    [7, 4.5],
    [8, 6],
    [12, 6.5],
    [10, 8.5],
    [9, 11],
    [7, 10.5],
    [6, 8.5],
  ],
  jining: [
    [0.5, 9.4],
    [3.5, 9.4],
    [3.5, 10.9],
    [0.5, 10.9],
  ],
};

/** Corners of the grid to the east and south. */
export const OUTLINE_SIZE: Corner = [13, 11];

/** Where a county's name stands: the centre of its area, or beside it where that is narrow. */
export function labelPlace(county: County): Corner {
  if (county === 'weishan') return [8, 7.6];
  if (county === 'gaoxin') return [6.45, 3.9];
  if (county === 'rencheng') return [5.1, 4.45];
  const corners = COUNTY_OUTLINES[county];
  let [area, x, y] = [0, 0, 0];
  corners.forEach(([ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length] ?? [ax, ay];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return [x / (3 * area), y / (3 * area)];
}
