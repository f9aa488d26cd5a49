/** Square metres of each unit; 1 亩 is 2000/3 m². */
const UNITS: Record<string, number> = {
  平方米: 1,
  平米: 1,
  '㎡': 1,
  m2: 1,
  公顷: 10_000,
  hm2: 10_000,
  亩: 2_000 / 3,
  平方公里: 1_000_000,
  平方千米: 1_000_000,
  km2: 1_000_000,
};
const UNIT = /平方公里|平方千米|平方米|平米|公顷|亩|km2|hm2|m2/gi;

/**
 * The one area that a text names, in m² to two places. The unit may stand in the header (`面积(公顷)`). Undefined
 * when there is no unit, when units or several areas contradict each other, or when the number is zero.
 */
export function parseArea(text: string, header = ''): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/m²/gi, 'm2')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
  const headerUnits = header.normalize('NFKC').replace(/m²/gi, 'm2').match(UNIT) ?? [];
  const areas: number[] = [];
  for (const match of plain.matchAll(/(\d+(?:\.\d+)?)\s*(平方公里|平方千米|平方米|平米|公顷|亩|km2|hm2|m2)?/gi)) {
    const unit = match[2] ?? (headerUnits.length === 1 ? headerUnits[0] : undefined);
    const factor = unit ? UNITS[unit.toLowerCase()] : undefined;
    if (factor === undefined) return undefined;
    areas.push(Math.round(Number(match[1]) * factor * 10_000) / 10_000);
  }
  const [first] = areas;
  if (!first) return undefined;
  // `5.29公顷（79.39亩）` says one area twice, rounded differently.
  return areas.every((area) => Math.abs(area - first) <= first * 0.002) ? first : undefined;
}
