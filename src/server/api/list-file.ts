import { EXPORT_FORMAT_KEYS, EXPORT_FORMATS } from '#src/domain/exports/urls.ts';
import { WHOLE_FILE } from '../http/limits.ts';
import { type FileEndpoint, fileEndpoint, type RowOf } from './endpoint.ts';
import { formatOf, without } from './parameters.ts';

const FORMATS = Object.fromEntries(EXPORT_FORMAT_KEYS.map((format) => [format, EXPORT_FORMATS[format].mediaType]));

/** A row of the table for a whole list as a file, in every format: without pages, sent while it is made, never kept. */
export const listFileEndpoint = (
  given: Pick<
    RowOf<FileEndpoint, `/${string}.{format}`>,
    'path' | 'operationId' | 'summary' | 'description' | 'query' | 'example' | 'load'
  >,
): FileEndpoint =>
  fileEndpoint({
    ...given,
    tag: '文件和订阅',
    formats: FORMATS,
    parts: { format: formatOf(FORMATS) },
    query: without(given.query, 'cursor', 'limit'),
    cache: 'never',
    limits: WHOLE_FILE,
    problems: [400, 404, 503],
  });
