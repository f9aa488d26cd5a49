-- The buyer stands in a column of its own: a word there counts more than one in a supplier's or agency's name. Filled again by the worker.
DROP TABLE search_index;
--> statement-breakpoint
CREATE VIRTUAL TABLE search_index USING fts5(title, buyer, parties, place, body, content='', contentless_delete=1, tokenize='ascii');
