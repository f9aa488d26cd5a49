import { serveBelow } from '#src/server/routes/serve.ts';

/** Everything below it that a row of the API names. */
export const GET = serveBelow('/feeds');
