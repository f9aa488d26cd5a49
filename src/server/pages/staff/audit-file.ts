import { setImmediate as nextTurn } from 'node:timers/promises';
import { NotFoundError } from '#src/domain/errors.ts';
import { auditLabel } from '#src/domain/staff/audit.ts';
import { ROLES, type Role } from '#src/domain/staff/roles.ts';
import { formatDate, formatDateTime } from '#src/domain/time/time.ts';
import type { AuditRow } from '#src/staff/audit.ts';
import { countColumn, type Table, textColumn } from '../../exports/table.ts';
import { writeCsv } from '../../exports/write-csv.ts';
import type { Asked, Moved } from '../asked.ts';
import { readAuditQuery } from './audit.ts';
import { visiting } from './visit.ts';

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' };
type Format = keyof typeof MEDIA_TYPES;
const isFormat = (text: string): text is Format => text in MEDIA_TYPES;

const TABLE: Table<AuditRow> = {
  name: '审计记录',
  columns: [
    countColumn('序号', ({ seq }) => seq),
    textColumn('时间', 20, ({ at }) => formatDateTime(at, 'second')),
    textColumn('账号', 16, ({ loginName, actor }) => loginName ?? actor),
    textColumn('姓名', 12, ({ displayName }) => displayName),
    textColumn('岗位', 20, ({ roles }) =>
      roles
        .split(',')
        .map((role) => ROLES[role as Role] ?? role)
        .join('、'),
    ),
    textColumn('操作', 16, ({ action }) => auditLabel(action)),
    textColumn('对象', 40, ({ subject }) => subject),
    textColumn('县区', 12, ({ county }) => county),
    textColumn('原因', 40, ({ reason }) => reason),
    textColumn('其他', 40, ({ details }) => (details === '{}' ? null : details)),
    textColumn('之前摘要', 64, ({ before }) => before),
    textColumn('之后摘要', 64, ({ after }) => after),
    textColumn('来自', 16, ({ address }) => address),
    textColumn('链上摘要', 64, ({ chain }) => chain),
  ],
};

/** The audit as a file, written while it is sent; that somebody takes it away is in the audit. @throws ForbiddenError, InputError, NotFoundError */
export function exportAudit(asked: Asked): Promise<Response | Moved> {
  return visiting<Response>(asked, async ({ desk, session }) => {
    const format = asked.params.format ?? '';
    if (!isFormat(format)) throw new NotFoundError('没有这种导出格式');
    const { filter, query } = readAuditQuery(asked.url);
    const rows = flatten(await desk.exportAudit(session, filter, { ...query, format }));
    const name = `${TABLE.name}-${formatDate(session.doer.now)}.${format}`;
    return new Response(format === 'csv' ? writeCsv(TABLE, rows) : toLines(rows), {
      headers: {
        'content-type': MEDIA_TYPES[format],
        'content-disposition': `attachment; filename="audit.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      },
    });
  });
}

/** Between batches other requests get their turn. */
async function* flatten(batches: Iterable<AuditRow[]>): AsyncGenerator<AuditRow> {
  for (const batch of batches) {
    yield* batch;
    await nextTurn();
  }
}

/** Each row as JSON on a line; read only as fast as they are taken. */
function toLines(rows: AsyncGenerator<AuditRow>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await rows.next();
      if (done) return controller.close();
      const { details, ...row } = value;
      controller.enqueue(encoder.encode(`${JSON.stringify({ ...row, details: JSON.parse(details) })}\n`));
    },
    async cancel() {
      await rows.return(undefined);
    },
  });
}
