/** Path of the search page, on its own: the browser gets this file, and none of what reads the parameters of a search. */
export const SEARCH_PATH = '/search';
