import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import type { FactDoubt } from '#src/domain/facts/fact-evidence.ts';
import type { FactKey, Facts } from '#src/domain/facts/facts.ts';

/** Data directory of the product under test. */
export const dataDirectory = (): string => process.env.E2E_DATA_DIR ?? '';

/** Withdraws a notice of long ago that no source will bring back; `restore` makes it public again. */
export function withdrawNotice(): { id: string; title: string; restore(): void } {
  const { $client } = openDatabase(join(dataDirectory(), 'tongming.db'));
  const notice = $client
    .prepare("SELECT id, title FROM published_notices WHERE published_at < '2020-06-01' ORDER BY id LIMIT 1")
    .get() as { id: string; title: string };
  const setWithdrawn = (at: string | null) =>
    $client.prepare('UPDATE notices SET withdrawn_at = ? WHERE id = ?').run(at, notice.id);
  setWithdrawn(new Date().toISOString());
  return {
    ...notice,
    restore() {
      setWithdrawn(null);
      $client.close();
    },
  };
}

/** An entry of the exposure board about an organization whose publication has ended. */
export function findEndedExposure(): { id: string; name: string } {
  const { $client } = openDatabase(join(dataDirectory(), 'tongming.db'));
  const entry = $client
    .prepare(
      `SELECT e.id, json_extract(v.content, '$.subjectName') AS name
       FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version
       WHERE e.withheld = 0 AND e.public_until <= ? AND e.subject_uscc IS NOT NULL
       AND e.subject_key NOT IN (SELECT subject_key FROM exposures WHERE public_until > ?) ORDER BY e.id LIMIT 1`,
    )
    .get(new Date().toISOString(), new Date().toISOString()) as { id: string; name: string };
  $client.close();
  return entry;
}

/** Id of a public notice for which an SQL condition holds. */
export function findNotice(condition: string): string {
  const { $client } = openDatabase(join(dataDirectory(), 'tongming.db'));
  const sql = `SELECT id FROM published_notices n WHERE ${condition} ORDER BY published_at DESC, id LIMIT 1`;
  const id = $client.prepare<[], string>(sql).pluck().get();
  $client.close();
  if (id === undefined) throw new Error(`no notice where ${condition}`);
  return id;
}

/** Makes a fact of a public notice doubtful, as if its words said so; `restore` makes it certain again. */
export function doubtFact(condition: string, key: FactKey, doubt: FactDoubt): { id: string; restore(): void } {
  const id = findNotice(condition);
  const { $client } = openDatabase(join(dataDirectory(), 'tongming.db'));
  const facts = $client.prepare<[string], string>('SELECT facts FROM notices WHERE id = ?').pluck().get(id);
  const save = $client.prepare('UPDATE notices SET facts = ? WHERE id = ?');
  const { fen: _certain, ...value } = (JSON.parse(facts ?? '{}') as Facts)[key] ?? { text: '' };
  save.run(JSON.stringify({ ...JSON.parse(facts ?? '{}'), [key]: { ...value, doubt } }), id);
  return {
    id,
    restore() {
      save.run(facts, id);
      $client.close();
    },
  };
}

interface StoredLot {
  name: string | null;
  rounds: {
    award: { noticeId: string; rows: { supplier?: { text: string }; awardAmount?: { fen?: number } }[] } | null;
  }[];
}

/** Projects with lots, as their deals are stored: one of three lots that went to three, at known prices, and one that was called anew. */
export function findDividedProjects(): {
  three: { id: string; noticeId: string; lots: { name: string; winner: string; fen: number }[] };
  again: { id: string };
} {
  const { $client } = openDatabase(join(dataDirectory(), 'tongming.db'));
  const rows = $client.prepare('SELECT project_id AS id, course FROM deals ORDER BY project_id').all() as {
    id: string;
    course: string;
  }[];
  $client.close();
  const deals = rows.map(({ id, course }) => ({ id, lots: (JSON.parse(course) as { lots: StoredLot[] }).lots }));
  for (const { id, lots } of deals) {
    const awards = lots.map(({ rounds }) => rounds.at(-1)?.award);
    const told = lots.flatMap(({ name }, index) => {
      const [row, ...others] = awards[index]?.rows ?? [];
      const [winner, fen] = [row?.supplier?.text, row?.awardAmount?.fen];
      return name && winner && fen !== undefined && others.length === 0 ? [{ name, winner, fen }] : [];
    });
    const noticeId = awards[0]?.noticeId;
    const again = deals.find((deal) => deal.lots.some(({ rounds }) => rounds.length > 1));
    if (lots.length === 3 && new Set(told.map(({ winner }) => winner)).size === 3 && noticeId && again)
      return { three: { id, noticeId, lots: told }, again: { id: again.id } };
  }
  throw new Error('no project has three lots with three winners');
}
