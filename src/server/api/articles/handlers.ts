import { listArticles as list } from '../../articles/list.ts';
import { parseArticleQuery } from '../../articles/query.ts';
import { getArticle as read } from '../../articles/read.ts';
import { webDb } from '../../db.ts';
import { refuseBlank, refuseParameters } from '../../parameters.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { articlePageSchema, articleSchema } from './schema.ts';

/** A page of articles. */
export const listArticles: Handler = ({ parameters }) => {
  refuseBlank(parameters);
  return answer(articlePageSchema, list(webDb(), parseArticleQuery(parameters)));
};

/** One article with its versions and what belongs to it. */
export const getArticle: Handler<'id'> = ({ parts: { id }, parameters }) => {
  refuseParameters(parameters);
  return answer(articleSchema, read(webDb(), id));
};
