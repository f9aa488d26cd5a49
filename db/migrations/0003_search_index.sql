-- The built-in full-text index: opaque grams of title, parties, place and body; rows are numbered by search_documents.
CREATE VIRTUAL TABLE search_index USING fts5(title, parties, place, body, content='', contentless_delete=1, tokenize='ascii');
