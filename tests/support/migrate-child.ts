import Database from 'better-sqlite3';
import { migrateDatabase } from '#db/migrate.ts';

/** Migrates a database with the migrations of a folder. */
const [path = '', folder = ''] = process.argv.slice(2);
migrateDatabase(new Database(path), folder);
