import { ARTICLE_FILTERS } from '#src/domain/articles/filter.ts';
import type { ArticleQuery } from '#src/domain/articles/urls.ts';
import { toQuerySchema } from '#src/domain/notices/filter-definition.ts';
import { parseParameters } from '../parameters.ts';

const SCHEMA = toQuerySchema(ARTICLE_FILTERS);

/** Reads the query of a list of articles. @throws InputError for a parameter that there is not, or a value that is none */
export const parseArticleQuery = (parameters: URLSearchParams): ArticleQuery => parseParameters(SCHEMA, parameters);
