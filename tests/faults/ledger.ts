import type { Db } from '#db/client.ts';
import { readPosition } from '#src/publish/changes/follow.ts';

const TAKEN = `SELECT c.seq, c.subject_id || ' ' || c.version FROM changes c
  JOIN notice_versions v ON v.notice_id = c.subject_id AND v.version = c.version WHERE c.subject = 'notice'`;
const DOUBLED = `SELECT subject_id || ' ' || version FROM changes WHERE subject = 'notice' GROUP BY subject_id, version HAVING count(*) > 1`;

/** What children have acknowledged (children/acknowledge.ts), kept outside them: it outlives their death. */
export class Ledger {
  readonly #changes = new Map<number, string>();
  #indexed = 0;

  /** Takes a line that a child said; other lines are none of its business. */
  read(line: string): void {
    const [, seq, change] = /^ack (\d+) (\S+ \d+)$/.exec(line) ?? [];
    if (seq && change) this.#changes.set(Number(seq), change);
    const [, indexed] = /^indexed (\d+)$/.exec(line) ?? [];
    if (indexed) this.#indexed = Math.max(this.#indexed, Number(indexed));
  }

  /** Number of acknowledged changes. */
  get size(): number {
    return this.#changes.size;
  }

  /** Changes that were acknowledged and are not there, and changes that are there twice. */
  findBreaches(db: Db): string[] {
    const taken = new Map(db.$client.prepare(TAKEN).raw().all() as [number, string][]);
    const lost = [...this.#changes].filter(([seq, change]) => taken.get(seq) !== change);
    const doubled = db.$client.prepare(DOUBLED).pluck().all() as string[];
    const cursor = readPosition(db, 'engineIndex');
    return [
      ...(lost.length > 0 ? [`${lost.length} acknowledged changes lost, first: ${lost[0]?.join(' ')}`] : []),
      ...doubled.map((change) => `${change} announced twice`),
      ...(cursor < this.#indexed ? [`index position ${this.#indexed} was acknowledged, ${cursor} is stored`] : []),
    ];
  }
}
