/**
 * The order of style layers, weakest first. It stands inline at the top of every page, because which style sheet a
 * page loads first depends on its imports, and the first mention of a layer fixes its place.
 */
export const LAYER_ORDER = '@layer reset,tokens,base,layout,components,utilities,print;';
