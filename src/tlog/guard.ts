import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** What was signed last: of this, whatever the database says, nothing smaller and nothing else is ever signed. */
export interface Signed {
  size: number;
  /** The signed checkpoint. */
  note: string;
}

/** What a witness has signed of the log. */
export interface Cosigned {
  /** Its key, as it is handed round. */
  witness: string;
  size: number;
  /** A line of the note, with its newline. */
  line: string;
}

/**
 * Remembers the last checkpoint outside the database, so that an older copy of the database cannot sign a second course of events.
 * It belongs to the machine and its key: a backup does not hold it and a restore does not touch it.
 */
export class SigningGuard {
  readonly #db: Database.Database;

  /** @param path file of its own, beside the key */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#db = new Database(path);
    chmodSync(path, 0o600);
    // Whatever else is fast: this is on the disk before anybody sees the checkpoint.
    this.#db.pragma('journal_mode = DELETE');
    this.#db.pragma('synchronous = EXTRA');
    this.#db.exec(
      'CREATE TABLE IF NOT EXISTS signed (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT',
    );
    this.#db.exec(
      'CREATE TABLE IF NOT EXISTS cosigned (origin TEXT NOT NULL, witness TEXT NOT NULL, size INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (origin, witness)) STRICT',
    );
  }

  /** What was signed last under a name; undefined when nothing was. */
  last(origin: string): Signed | undefined {
    return this.#db.prepare('SELECT size, note FROM signed WHERE origin = ?').get(origin) as Signed | undefined;
  }

  /** The name of the log that was signed for; undefined before the first time. */
  origin(): string | undefined {
    return this.#db.prepare('SELECT origin FROM signed').pluck().get() as string | undefined;
  }

  /** Puts a checkpoint in the place of the one that the caller has seen; false when another one stands there. */
  swap(origin: string, seen: Signed | undefined, next: Signed): boolean {
    const change = seen
      ? this.#db
          .prepare('UPDATE signed SET size = ?, note = ? WHERE origin = ? AND note = ?')
          .run(next.size, next.note, origin, seen.note)
      : this.#db
          .prepare('INSERT INTO signed (origin, size, note) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
          .run(origin, next.size, next.note);
    return change.changes === 1;
  }

  /** The last cosignature of each witness: its key, the size that it is of, its line. */
  cosigned(origin: string): Cosigned[] {
    return this.#db.prepare('SELECT witness, size, line FROM cosigned WHERE origin = ?').all(origin) as Cosigned[];
  }

  /** Keeps the last cosignature of a witness. */
  keepCosigned(origin: string, { witness, size, line }: Cosigned): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO cosigned (origin, witness, size, line) VALUES (?, ?, ?, ?)')
      .run(origin, witness, size, line);
  }

  close(): void {
    this.#db.close();
  }
}
