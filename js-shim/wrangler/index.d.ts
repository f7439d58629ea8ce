/** What an app needs of its deployment: docs/guide/wrangler.md. */
export type Need =
  | { kind: "object"; binding: string; class: string }
  | { kind: "cron"; expression: string }
  | { kind: "bucket"; binding: string }
  | { kind: "database"; binding: string; tables?: readonly object[]; migrations?: string }
  | { kind: "consumer"; queue: string };

export interface Reconciled {
  /** The completed text; the one that came in where there are conflicts. */
  text: string;
  /** What was not there: the path of the list, and the entry as it would be written. */
  missing: { path: string; line: string }[];
  /** What contradicts the app, and what to do about it. */
  conflicts: string[];
}

/** Compares the text of a wrangler.jsonc with what an app needs, and completes it. */
export declare function reconcile(text: string, needs: readonly Need[]): Reconciled;

export interface FileOptions {
  /** `wrangler.jsonc` unless given. */
  config?: string | undefined;
  /** The app's app.mjs, unless the configuration's alias or main leads to it. */
  app?: string | undefined;
  /** Writes the completed text. */
  write?: boolean;
}

/** The same for a file and the app that it deploys. */
export declare function reconcileFile(options?: FileOptions): Promise<Reconciled & { file: string }>;

/** Asks a compiled app, by its app.mjs. */
export declare function needsOf(appFile: string): Promise<Need[]>;

/** A result in lines for people; empty where all is well. */
export declare function report(result: Reconciled & { file: string }, verb?: string): string;

export interface SchemaOptions {
  /** `lunora.schema.json` unless given. */
  file?: string | undefined;
  config?: string | undefined;
  app?: string | undefined;
  /** Writes the snapshot, unless rows would be lost. */
  write?: boolean;
}

/** Compares the committed snapshot of the schema with the app's: docs/guide/migrations.md. */
export declare function schemaFile(options?: SchemaOptions): Promise<{
  file: string;
  /** What stored rows would lose, and what to write instead. */
  losses: { what: string; write: string }[];
  changed: boolean;
}>;

/** A configuration or an app that is not there or cannot be read. */
export declare class ConfigError extends Error {}
