import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import type { DemoCategory } from './model.ts';
import type { Random } from './random.ts';

/** Of works and land the codes have shapes of their own. */
const PREFIX: Record<Exclude<DemoCategory, 'construction' | 'land'>, string> = {
  procurement: 'JNZC',
  medical: 'JNYX',
  general: 'JNQT',
  property: 'JNCQ',
};

/** Hands out what must be unique over the demonstration: project names and codes. */
export class Registry {
  readonly #names = new Set<string>();
  readonly #serials = new Map<string, number>();

  /** The name itself, or with a batch number when it is taken. */
  claimName(name: string): string {
    let claimed = name;
    for (let batch = 2; this.#names.has(claimed); batch++) claimed = `${name}（第${batch}批）`;
    this.#names.add(claimed);
    return claimed;
  }

  /** A project code in the shape its category uses. */
  claimCode(random: Random, category: DemoCategory, county: County, year: string): string {
    const region = countyDefinition(county).regionCode ?? '370800';
    const serial = this.#next(`${category}-${county === 'jingkai' ? 'jining' : county}-${year}`);
    const padded = String(serial).padStart(5, '0');
    if (category === 'construction') return `E${region}${year}${padded}001`;
    if (category === 'land') return `${this.#landHead(county)}告字〔${year}〕${serial}号`;
    if (category === 'procurement' && random.chance(0.8)) return `SDGP${region}${year}${padded}`;
    const prefix = PREFIX[category];
    return `${prefix}-${year}-${String(this.#next(`${prefix}-${year}`)).padStart(4, '0')}`;
  }

  #landHead(county: County): string {
    return `${countyDefinition(county).short === '市本级' ? '济' : countyDefinition(county).short}自规`;
  }

  #next(counter: string): number {
    const value = (this.#serials.get(counter) ?? 0) + 1;
    this.#serials.set(counter, value);
    return value;
  }
}
