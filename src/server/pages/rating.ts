import type { CountyRating, RatingResult } from '#src/domain/articles/rating.ts';
import { ratingUrl } from '#src/domain/articles/urls.ts';
import type { FieldFault } from '#src/domain/errors.ts';
import { webDb } from '../db.ts';
import { readForm } from '../form-fields.ts';
import { CLIENT_HEADER } from '../http/client-header.ts';
import { type FormToken, issueToken } from '../participation/form-token.ts';
import { RATING_PURPOSE, readRatings, receiveRating } from '../participation/ratings.ts';
import { type Asked, type Moved, seeOther } from './asked.ts';

export interface RatingPage {
  values: Readonly<Record<string, string>>;
  faults: FieldFault[];
  token: string;
  /** Whether a rating was taken just now. */
  isTaken: boolean;
  people: number;
  results: RatingResult[];
  counties: CountyRating[];
}

/** The form of ratings with their results; sent, a rating is taken in. @throws InputError for a body that is none */
export async function loadRating({ url, request }: Asked): Promise<RatingPage | Moved> {
  const now = Date.now();
  const toPage = (values: RatingPage['values'], faults: FieldFault[], token?: FormToken): RatingPage => ({
    ...{ values, faults, token: (token ?? issueToken(RATING_PURPOSE, 0, now)).token },
    isTaken: url.searchParams.get('done') === 'yes',
    ...readRatings(webDb()),
  });
  if (request.method !== 'POST') return toPage({}, []);
  const { values } = await readForm(request);
  const refused = await receiveRating({ values, network: request.headers.get(CLIENT_HEADER) ?? '', now });
  return refused ? toPage(values, refused.faults, refused.token) : seeOther(`${ratingUrl()}?done=yes`);
}
