import { createApp } from 'astro/app/entrypoint';

/**
 * What the server build exports: the pages as a function from request to response. The HTTP side is `server/front`.
 * Without streaming, a page that fails half-way becomes an error page instead of half a page.
 */
const app = createApp({ streaming: false });

/** Renders a request; rejects never, errors become error pages. */
export const render = (request: Request): Promise<Response> => app.render(request);
