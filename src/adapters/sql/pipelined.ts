import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type KyselyPlugin,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely";
import type { Database } from "./tables.ts";

/**
 * Runs `work` in a transaction in which what is asked at once travels at once, in the order in which it was asked: a
 * transaction of Kysely's own asks one thing after the other, and each waits for a journey there and back. It ends once
 * `work` has, so `work` must wait for all that it asks, also where some of it fails; what comes later is refused.
 */
export function inPipeline<T>(db: Kysely<Database>, work: (tx: Kysely<Database>) => Promise<T>): Promise<T> {
  return db.transaction().execute((tx) =>
    tx.getExecutor().provideConnection(async (connection) => {
      const lent = { connection, isOver: false };
      try {
        return await work(on(lent, tx.getExecutor().plugins));
      } finally {
        lent.isOver = true;
      }
    }),
  );
}

interface Lent {
  readonly connection: DatabaseConnection;
  isOver: boolean;
}

/** A Kysely whose every statement goes by one connection, however many are under way there. */
function on(lent: Lent, plugins: readonly KyselyPlugin[]): Kysely<Database> {
  return new Kysely<Database>({
    plugins: [...plugins],
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driverOf(lent),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}

function driverOf(lent: Lent): Driver {
  const nothing = () => Promise.resolve();
  const refuse = () => Promise.reject(new Error("A transaction can't be begun or ended within another one."));
  return {
    init: nothing,
    acquireConnection: () =>
      lent.isOver
        ? Promise.reject(new Error("A statement came after the end of its transaction."))
        : Promise.resolve(lent.connection),
    releaseConnection: nothing,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: nothing,
  };
}
