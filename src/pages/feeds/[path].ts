import { serveBelow } from '#src/server/routes/serve.ts';

/** Every feed that a row of the API names. */
export const GET = serveBelow('/feeds');
