import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { changes, noticeVersions } from '#db/schema/index.ts';
import { readPosition } from '#src/publish/changes/follow.ts';

const CHANGE = { noticeId: changes.subjectId, version: changes.version };
const TAKEN = defineSelect(() => ({
  fields: { seq: changes.seq, ...CHANGE },
  rest: sql`FROM ${changes} JOIN ${noticeVersions}
    ON ${noticeVersions.noticeId} = ${changes.subjectId} AND ${noticeVersions.version} = ${changes.version}
    WHERE ${changes.subject} = 'notice'`,
}));
const DOUBLED = defineSelect(() => ({
  fields: CHANGE,
  rest: sql`FROM ${changes} WHERE ${changes.subject} = 'notice'
    GROUP BY ${changes.subjectId}, ${changes.version} HAVING count(*) > 1`,
}));

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
    const taken = new Map(TAKEN.all(db).map(({ seq, noticeId, version }) => [seq, `${noticeId} ${version}`]));
    const lost = [...this.#changes].filter(([seq, change]) => taken.get(seq) !== change);
    const cursor = readPosition(db, 'engineIndex');
    return [
      ...(lost.length > 0 ? [`${lost.length} acknowledged changes lost, first: ${lost[0]?.join(' ')}`] : []),
      ...DOUBLED.all(db).map(({ noticeId, version }) => `${noticeId} ${version} announced twice`),
      ...(cursor < this.#indexed ? [`index position ${this.#indexed} was acknowledged, ${cursor} is stored`] : []),
    ];
  }
}
