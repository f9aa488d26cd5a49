import { servePath } from '#src/server/routes/serve.ts';

/** Readiness, as its row of the API says. */
export const GET = servePath('/readyz');
