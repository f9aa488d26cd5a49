import { servePath } from '#src/server/routes/serve.ts';

/** Liveness, as its row of the API says. */
export const GET = servePath('/healthz');
