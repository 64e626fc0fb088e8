import { base, needs, type Slots, since, slot } from './slots.ts';

const logs = (columns: string, by = 'RANGE (at)'): string => `CREATE TABLE app.logs (${columns}) PARTITION BY ${by}`;
const YEAR = `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`;
const LOGS_A = `CREATE TABLE app.logs_a PARTITION OF app.logs ${YEAR}`;
/** Whether the partitioned table is there, with a column of that name. */
const onLogs =
  (text: string, wanted = '') =>
  ({ at }: { readonly at: (slot: string) => string }): string =>
    at('partitions').includes('PARTITION BY') && at('partitions').includes(wanted) ? text : '';

/** Partitioned tables, tables that inherit, and what is passed on there. */
export const PARTITION_SLOTS: Slots = {
  partitions: base(
    slot(
      'partitions.sql',
      `${logs('at date, what text')}; ${LOGS_A}`,
      `${logs('at date, what text NOT NULL')}; CREATE TABLE app.logs_a PARTITION OF app.logs FOR VALUES FROM ('2026-01-01') TO ('2028-01-01'); CREATE TABLE app.logs_b PARTITION OF app.logs DEFAULT`,
      `${logs('at date, what text, PRIMARY KEY (at)', 'LIST (at)')}; CREATE TABLE app.logs_a PARTITION OF app.logs (CHECK (what <> '')) FOR VALUES IN ('2026-01-01') PARTITION BY HASH (at); CREATE TABLE app.logs_b PARTITION OF app.logs_a FOR VALUES WITH (MODULUS 2, REMAINDER 0)`,
      `${logs(`at date, what text DEFAULT 'x', id int`)}; CREATE TABLE app.logs_a (id int, what text, at date); ALTER TABLE app.logs ATTACH PARTITION app.logs_a ${YEAR}; CREATE TABLE app.logs_b PARTITION OF app.logs (what DEFAULT 'b') DEFAULT`,
      `${logs('at date NOT NULL, what text, CONSTRAINT "at what" UNIQUE (at, what)')}; ${LOGS_A} WITH (fillfactor = 80)`,
      `${logs('at date, what text CHECK (length(what) > 1)')}; ${LOGS_A}; ALTER TABLE app.logs_a ALTER COLUMN what SET STATISTICS 7; ALTER TABLE app.logs_a ADD CONSTRAINT own CHECK (at IS NOT NULL)`,
      since(18, `${logs('id int GENERATED ALWAYS AS IDENTITY, at date, what text')}; ${LOGS_A}`),
      `${logs('at date, what text', `RANGE (at, (what || 'x'))`)}; CREATE TABLE app.logs_a PARTITION OF app.logs FOR VALUES FROM ('2026-01-01', 'a') TO ('2027-01-01', MAXVALUE)`,
      // Never by an enum: PostgreSQL has no way to change the type of a partition key.
      `${logs('at date, what text', 'LIST (what)')}; CREATE TABLE app.logs_a PARTITION OF app.logs FOR VALUES IN ('ok', NULL)`,
      'CREATE TABLE app.logs (at date, what text); CREATE TABLE app.logs_a (at date, what text)',
    ),
  ),
  'partition index': slot(
    'partitions_index.sql',
    onLogs('CREATE INDEX ON app.logs (at)'),
    onLogs('CREATE INDEX "log what" ON app.logs (what DESC) INCLUDE (at)'),
    onLogs(`CREATE INDEX "log what" ON app.logs (lower(what)) WHERE at IS NOT NULL; COMMENT ON INDEX app."log what" IS 'l'`),
    // Never ON ONLY: such an index is invalid, and every partition that comes later gets its part of it unasked.
    onLogs('CREATE INDEX "own what" ON app.logs_a (what)'),
  ),
  'partition trigger': slot(
    'partitions_trigger.sql',
    needs(['touch'], onLogs('CREATE TRIGGER touched BEFORE INSERT ON app.logs FOR EACH ROW EXECUTE FUNCTION app.touch()')),
    needs(
      ['touch'],
      onLogs(`CREATE TRIGGER touched AFTER UPDATE ON app.logs FOR EACH ROW WHEN (new.what IS NOT NULL) EXECUTE FUNCTION app.touch('x')`),
    ),
    needs(
      ['touch'],
      onLogs(
        'CREATE TRIGGER touched BEFORE INSERT ON app.logs FOR EACH ROW EXECUTE FUNCTION app.touch(); ALTER TABLE ONLY app.logs_a DISABLE TRIGGER touched',
      ),
    ),
    needs(['touch'], onLogs('CREATE TRIGGER touched AFTER INSERT ON app.logs_a FOR EACH STATEMENT EXECUTE FUNCTION app.touch()')),
  ),
  'partition key': slot(
    'partitions_key.sql',
    onLogs('CREATE TABLE app.log_notes (at date, FOREIGN KEY (at) REFERENCES app.logs (at))', 'PRIMARY KEY (at)'),
    onLogs('CREATE TABLE app.log_notes (at date REFERENCES app.logs ON DELETE CASCADE DEFERRABLE)', 'PRIMARY KEY (at)'),
    onLogs(
      'CREATE TABLE app.days (at date PRIMARY KEY); ALTER TABLE app.logs ADD CONSTRAINT "log day" FOREIGN KEY (at) REFERENCES app.days',
    ),
    onLogs(
      'CREATE TABLE app.days (at date PRIMARY KEY); ALTER TABLE app.logs_a ADD CONSTRAINT "log day" FOREIGN KEY (at) REFERENCES app.days ON UPDATE CASCADE',
    ),
  ),
  'partition rights': slot(
    'partitions_rights.sql',
    onLogs(`GRANT SELECT ON app.logs, app.logs_a TO reader; COMMENT ON TABLE app.logs IS 'l'; COMMENT ON COLUMN app.logs_a.what IS 'w'`),
    onLogs('GRANT INSERT (what) ON app.logs TO reader; ALTER TABLE app.logs_a OWNER TO reader'),
    onLogs(`ALTER TABLE app.logs ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON app.logs USING (what <> '')`),
    onLogs('CREATE VIEW app.log_view AS SELECT at, what FROM app.logs; CREATE STATISTICS app.log_s ON at, what FROM app.logs_a'),
  ),
  inheritance: slot(
    'inheritance.sql',
    'CREATE TABLE app.parent (a int CHECK (a > 0)); CREATE TABLE app.child (b text) INHERITS (app.parent)',
    'CREATE TABLE app.parent (a int NOT NULL DEFAULT 5, c date); CREATE TABLE app.child (b text) INHERITS (app.parent); CREATE INDEX ON app.child (a)',
    'CREATE TABLE app.parent (a int); CREATE TABLE app.child (b text, a int)',
    `CREATE TABLE app.parent (a bigint CHECK (a > 0) NO INHERIT); CREATE TABLE app.child (b text, a bigint DEFAULT 7) INHERITS (app.parent); COMMENT ON COLUMN app.child.a IS 'a'`,
    `CREATE TABLE app.parent (a int, CONSTRAINT positive CHECK (a > 0)); CREATE TABLE app.other (b text, d int DEFAULT 1); CREATE TABLE app.child (e int) INHERITS (app.parent, app.other)`,
    'CREATE TABLE app.parent (a int); CREATE TABLE app.other (b text); CREATE TABLE app.child () INHERITS (app.other, app.parent); CREATE TABLE app.grandchild (f int) INHERITS (app.child)',
    'CREATE TABLE app.parent (a int); CREATE TABLE app.child (PRIMARY KEY (a)) INHERITS (app.parent); CREATE VIEW app.family AS SELECT a, tableoid::regclass::text AS which FROM app.parent',
  ),
};
