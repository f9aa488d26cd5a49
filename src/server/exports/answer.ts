import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { EXPORT_FORMAT_KEYS, EXPORT_FORMATS, type ExportFormat } from '#src/domain/exports/urls.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { refuseBlank } from '../parameters.ts';
import type { Table } from './table.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

const WRITERS = { csv: writeCsv, xlsx: writeXlsx } as const;

/** The format that an address ends in. @throws NotFoundError when there is no such format. */
export function parseExportFormat(text: string | undefined): ExportFormat {
  const format = EXPORT_FORMAT_KEYS.find((key) => key === text);
  if (!format) throw new NotFoundError('没有这种导出格式');
  return format;
}

/** A whole list has no pages and no empty conditions. @throws InputError naming the parameters. */
export function refusePaging(parameters: URLSearchParams): void {
  refuseBlank(parameters);
  const faults = ['cursor', 'limit']
    .filter((name) => parameters.has(name))
    .map((name) => ({ name, message: '导出的总是全部，请去掉这个参数' }));
  if (faults.length > 0) throw new InputError(faults);
}

/** A table as a download, written while it is sent: batches are read only as fast as the reader takes them. */
export function answerFile<Item>(
  format: ExportFormat,
  table: Table<Item>,
  batches: AsyncIterable<readonly Item[]>,
  now: Instant,
): Response {
  const name = encodeURIComponent(`${table.name}-${formatDate(now)}.${format}`);
  return new Response(WRITERS[format](table, flatten(batches)), {
    headers: {
      'content-type':
        format === 'csv' ? `${EXPORT_FORMATS.csv.mediaType}; charset=utf-8` : EXPORT_FORMATS[format].mediaType,
      'content-disposition': `attachment; filename="export.${format}"; filename*=UTF-8''${name}`,
    },
  });
}

/** Between batches other requests get their turn. */
async function* flatten<Item>(batches: AsyncIterable<readonly Item[]>): AsyncGenerator<Item> {
  for await (const batch of batches) {
    yield* batch;
    await nextTurn();
  }
}
