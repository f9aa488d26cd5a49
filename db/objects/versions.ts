import {
  exposureContents,
  exposureRevisions,
  exposureVersions,
  noticeContents,
  noticeRevisions,
  noticeVersions,
} from '../schema/index.ts';
import { ddl, type SchemaObject } from './ddl.ts';

const [n, nc] = [noticeRevisions, noticeContents];
const [e, ec] = [exposureRevisions, exposureContents];

/** Versions with what they say, for whoever shows them: without those whose content was destroyed. */
export const VERSION_OBJECTS: readonly SchemaObject[] = [
  {
    type: 'view',
    name: 'notice_versions',
    sql: ddl`CREATE VIEW ${noticeVersions} AS
SELECT r.${n.noticeId}, r.${n.version}, c.${nc.content}, c.${nc.hash}, r.${n.publishedAt}, r.${n.reason}, r.${n.rawItemId}, c.${nc.sanitizerVersion}, r.${n.actor}
FROM ${n} r JOIN ${nc} c ON c.${nc.noticeId} = r.${n.noticeId} AND c.${nc.version} = r.${n.contentVersion}`,
  },
  {
    type: 'view',
    name: 'exposure_versions',
    sql: ddl`CREATE VIEW ${exposureVersions} AS
SELECT r.${e.exposureId}, r.${e.version}, c.${ec.content}, c.${ec.hash}, r.${e.recordedAt}, r.${e.reason}, r.${e.rawItemId}, c.${ec.sanitizerVersion}, r.${e.actor}
FROM ${e} r JOIN ${ec} c ON c.${ec.exposureId} = r.${e.exposureId} AND c.${ec.version} = r.${e.version}`,
  },
];
