import type { APIRoute } from 'astro';
import { answerMissingFeed } from '#src/server/pages/score/feed.ts';

/** What should be public and is not, as a feed. */
export const GET: APIRoute = (context) => answerMissingFeed(context);
