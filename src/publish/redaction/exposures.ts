import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { seal } from '../exposures/prepare.ts';
import { saltContent } from '../salted.ts';
import { SANITIZE_POLICY } from '../sanitize/sanitize.ts';
import { findRow, listRows, run } from '../statements.ts';
import { cleanExposure } from './clean.ts';
import { type RedactedSubject, recordMasking } from './record.ts';

interface VersionRow {
  id: string;
  version: number;
  content: string;
}

const STALE = `SELECT exposure_id AS id, version, content FROM exposure_contents WHERE policy < ?
  ORDER BY policy, exposure_id, version LIMIT ?`;
const RAISE = 'UPDATE exposure_contents SET policy = @policy WHERE exposure_id = @id AND version = @version';
const IS_STALE = 'SELECT 1 FROM exposure_contents WHERE exposure_id = ? AND version = ? AND policy < ?';
const REPLACE = `UPDATE exposure_contents SET content = @content, hash = @hash, salt = @salt, policy = @policy
  WHERE exposure_id = @id AND version = @version`;

/** Versions of entries of the exposure board and the blacklist. */
export const REDACTED_EXPOSURES: RedactedSubject = {
  total: (db) =>
    findRow<{ total: number }>(db, 'SELECT count(*) AS total FROM exposure_contents WHERE policy < ?', SANITIZE_POLICY)
      ?.total ?? 0,
  clean(db, limit) {
    const rows = listRows<VersionRow>(db, STALE, SANITIZE_POLICY, limit);
    return rows.map(({ id, version, content: stored }) => {
      const { content, masked } = cleanExposure(JSON.parse(stored) as ExposureContent);
      const { json, hash } = seal(content);
      const policy = SANITIZE_POLICY;
      return (now, by) => {
        // Another process may have been here meanwhile.
        if (!findRow(db, IS_STALE, id, version, policy)) return undefined;
        if (json === stored) {
          run(db, RAISE, { id, version, policy });
          return undefined;
        }
        // Whoever follows the changes takes the entry again.
        run(db, 'DELETE FROM exposure_changes WHERE exposure_id = ?', [id]);
        run(db, 'INSERT INTO exposure_changes (exposure_id, created_at) VALUES (?, ?)', [id, now]);
        const { salt, seal: salted } = saltContent(json);
        recordMasking(db, {
          subject: 'exposure',
          id,
          version,
          policy,
          hash,
          seal: salted,
          masked,
          change: 0,
          by,
          at: now,
        });
        run(db, REPLACE, { id, version, policy, content: json, hash, salt });
        return { masked };
      };
    });
  },
};
