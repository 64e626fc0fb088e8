/** Two states of a schema, and the statements that lead from one to the other without making others wait. */
export interface SafeCase {
  /** The rules that find something in the plain form and nothing in this one. */
  readonly rules: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Put into the tables before. */
  readonly rows?: string;
  /** For all majors, or one; none where the plan stays as it is. */
  readonly up: { readonly all?: readonly string[]; readonly 15?: readonly string[]; readonly 18?: readonly string[] };
  readonly warnings?: readonly string[];
  readonly since?: number;
}

const TABLE = 'CREATE TABLE t (id int, a text, b int)';
const ROWS = "INSERT INTO t SELECT i, 'a' || i, i FROM generate_series(1, 5000) i";

export const SAFE_CASES: Readonly<Record<string, SafeCase>> = {
  'an index is built concurrently': {
    rules: ['INDEX_BLOCKS_WRITES'],
    from: TABLE,
    rows: ROWS,
    to: `${TABLE}; CREATE INDEX i ON t (a) WITH (fillfactor = 80) WHERE b > 0`,
    up: { all: ["CREATE INDEX CONCURRENTLY i ON t USING btree (a) WITH (fillfactor='80') WHERE (b > 0)"] },
  },
  'an index is dropped concurrently': {
    rules: ['INDEX_DROP_BLOCKS_QUERIES'],
    from: `${TABLE}; CREATE INDEX i ON t (a)`,
    rows: ROWS,
    to: TABLE,
    up: { all: ['DROP INDEX CONCURRENTLY "i"'] },
  },
  'an index that becomes another one serves queries until that is built': {
    rules: ['QUERIES_WITHOUT_INDEX', 'INDEX_BLOCKS_WRITES', 'INDEX_DROP_BLOCKS_QUERIES'],
    from: `${TABLE}; CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'one'`,
    rows: ROWS,
    to: `${TABLE}; CREATE INDEX i ON t (a, b); COMMENT ON INDEX i IS 'one'`,
    up: {
      all: [
        'ALTER INDEX "i" RENAME TO "i_old"',
        'CREATE INDEX CONCURRENTLY i ON t USING btree (a, b)',
        'DROP INDEX CONCURRENTLY "i_old"',
        `COMMENT ON INDEX "i" IS 'one'`,
      ],
    },
  },
  'an index of a materialized view is built concurrently': {
    rules: ['INDEX_BLOCKS_WRITES'],
    from: `${TABLE}; CREATE MATERIALIZED VIEW m AS SELECT id FROM t`,
    to: `${TABLE}; CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE UNIQUE INDEX i ON m (id)`,
    up: { all: ['CREATE UNIQUE INDEX CONCURRENTLY i ON m USING btree (id)'] },
  },
  'an index of a partitioned table is built partition by partition, and attached': {
    rules: ['INDEX_BLOCKS_WRITES'],
    from: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5)',
    rows: 'INSERT INTO l SELECT 1 FROM generate_series(1, 5000)',
    to: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5); CREATE INDEX i ON l (at)',
    up: {
      all: [
        'CREATE INDEX i ON ONLY l USING btree (at)',
        'CREATE INDEX CONCURRENTLY l1_at_idx ON l1 USING btree (at)',
        'ALTER INDEX "i" ATTACH PARTITION "l1_at_idx"',
      ],
    },
  },
  'a partition joins with a check that says its bounds, and so does the default partition': {
    rules: ['PARTITION_SCANNED'],
    from: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE d PARTITION OF l DEFAULT; CREATE TABLE l1 (at int)',
    rows: 'INSERT INTO l SELECT 7 FROM generate_series(1, 5000); INSERT INTO l1 SELECT 1 FROM generate_series(1, 5000)',
    to: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE d PARTITION OF l DEFAULT; CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5)',
    up: {
      all: [
        'ALTER TABLE "l1" ADD CONSTRAINT "l1_bound" CHECK (((at IS NOT NULL) AND (at >= 1) AND (at < 5))) NOT VALID',
        'ALTER TABLE "l1" VALIDATE CONSTRAINT "l1_bound"',
        'ALTER TABLE "d" ADD CONSTRAINT "d_bound" CHECK (NOT (((at IS NOT NULL) AND (at >= 1) AND (at < 5)))) NOT VALID',
        'ALTER TABLE "d" VALIDATE CONSTRAINT "d_bound"',
        'ALTER TABLE ONLY "l" ATTACH PARTITION "l1" FOR VALUES FROM (1) TO (5)',
        'ALTER TABLE "l1" DROP CONSTRAINT "l1_bound"',
        'ALTER TABLE "d" DROP CONSTRAINT "d_bound"',
      ],
    },
  },
  'a partition leaves concurrently': {
    rules: ['DETACH_BLOCKS_QUERIES'],
    from: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5)',
    rows: 'INSERT INTO l SELECT 1 FROM generate_series(1, 5000)',
    to: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE l1 (at int)',
    up: {
      all: [
        'ALTER TABLE "l1" ADD CONSTRAINT "l1_bound" CHECK (((at IS NOT NULL) AND (at >= 1) AND (at < 5))) NOT VALID',
        'ALTER TABLE "l1" VALIDATE CONSTRAINT "l1_bound"',
        'ALTER TABLE "l" DETACH PARTITION "l1" CONCURRENTLY',
        'ALTER TABLE "l1" DROP CONSTRAINT "l1_bound"',
      ],
    },
  },
  'beside a default partition none leaves concurrently': {
    rules: [],
    from: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE d PARTITION OF l DEFAULT; CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5)',
    to: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE d PARTITION OF l DEFAULT; CREATE TABLE l1 (at int)',
    up: {},
  },
  'a check is validated when it is there': {
    rules: ['CHECK_BLOCKS_QUERIES'],
    from: TABLE,
    rows: ROWS,
    to: 'CREATE TABLE t (id int, a text, b int, CONSTRAINT c CHECK (b > 0))',
    up: { all: ['ALTER TABLE "t" ADD CONSTRAINT "c" CHECK ((b > 0)) NOT VALID', 'ALTER TABLE "t" VALIDATE CONSTRAINT "c"'] },
  },
  'a check that becomes another one is never away': {
    rules: ['CHECK_BLOCKS_QUERIES'],
    from: `${TABLE}; ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0)`,
    rows: ROWS,
    to: `${TABLE}; ALTER TABLE t ADD CONSTRAINT c CHECK (b > -1)`,
    up: {
      all: [
        `ALTER TABLE "t" DROP CONSTRAINT "c", ADD CONSTRAINT "c" CHECK ((b > '-1'::integer)) NOT VALID`,
        'ALTER TABLE "t" VALIDATE CONSTRAINT "c"',
      ],
    },
  },
  'a foreign key is validated when it is there': {
    rules: ['FOREIGN_KEY_BLOCKS_WRITES'],
    from: `${TABLE}; CREATE TABLE u (id int PRIMARY KEY)`,
    rows: `INSERT INTO u SELECT generate_series(1, 5000); ${ROWS}`,
    to: `CREATE TABLE u (id int PRIMARY KEY); ${TABLE}; ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES u ON DELETE CASCADE`,
    up: {
      all: [
        'ALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY (b) REFERENCES u(id) ON DELETE CASCADE NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "f"',
      ],
    },
  },
  'a new column with a foreign key gets it later': {
    rules: ['FOREIGN_KEY_BLOCKS_WRITES'],
    from: `${TABLE}; CREATE TABLE u (id int PRIMARY KEY)`,
    rows: ROWS,
    to: 'CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int, a text, b int, u int REFERENCES u)',
    up: {
      all: [
        'ALTER TABLE "t" ADD COLUMN "u" integer',
        'ALTER TABLE "t" ADD CONSTRAINT "t_u_fkey" FOREIGN KEY (u) REFERENCES u(id) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_u_fkey"',
      ],
    },
  },
  'a unique constraint takes over an index that was built concurrently': {
    rules: ['UNIQUE_BLOCKS_QUERIES'],
    from: TABLE,
    rows: ROWS,
    to: `${TABLE}; ALTER TABLE t ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (id) DEFERRABLE INITIALLY DEFERRED`,
    up: {
      all: [
        'CREATE UNIQUE INDEX CONCURRENTLY "u" ON "t" (a, b) INCLUDE (id) NULLS NOT DISTINCT',
        'ALTER TABLE "t" ADD CONSTRAINT "u" UNIQUE USING INDEX "u" DEFERRABLE INITIALLY DEFERRED',
      ],
    },
  },
  'a unique constraint that becomes another one is never away': {
    rules: ['UNIQUE_BLOCKS_QUERIES'],
    from: `${TABLE}; ALTER TABLE t ADD CONSTRAINT u UNIQUE (id)`,
    rows: ROWS,
    to: `${TABLE}; ALTER TABLE t ADD CONSTRAINT u UNIQUE (id, b)`,
    up: {
      all: [
        'CREATE UNIQUE INDEX CONCURRENTLY "u_new" ON "t" (id, b)',
        'ALTER TABLE "t" DROP CONSTRAINT "u", ADD CONSTRAINT "u" UNIQUE USING INDEX "u_new"',
      ],
    },
  },
  'a primary key finds its columns required and its index built': {
    rules: ['PRIMARY_KEY_BLOCKS_QUERIES', 'NOT_NULL_BLOCKS_QUERIES'],
    from: TABLE,
    rows: ROWS,
    to: `${TABLE}; ALTER TABLE t ADD PRIMARY KEY (id)`,
    up: {
      15: [
        'ALTER TABLE "t" ADD CONSTRAINT "t_id_is_set" CHECK ("id" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_is_set"',
        'ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_id_is_set"',
        'CREATE UNIQUE INDEX CONCURRENTLY "t_pkey" ON "t" (id)',
        'ALTER TABLE "t" ADD CONSTRAINT "t_pkey" PRIMARY KEY USING INDEX "t_pkey"',
      ],
      18: [
        'ALTER TABLE "t" ADD CONSTRAINT "t_id_not_null" NOT NULL "id" NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_not_null"',
        'CREATE UNIQUE INDEX CONCURRENTLY "t_pkey" ON "t" (id)',
        'ALTER TABLE "t" ADD CONSTRAINT "t_pkey" PRIMARY KEY USING INDEX "t_pkey"',
      ],
    },
  },
  'a column of a partitioned table is required': {
    rules: ['NOT_NULL_BLOCKS_QUERIES'],
    from: 'CREATE TABLE l (at int) PARTITION BY RANGE (at); CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5)',
    rows: 'INSERT INTO l SELECT 1 FROM generate_series(1, 5000)',
    to: 'CREATE TABLE l (at int NOT NULL) PARTITION BY RANGE (at); CREATE TABLE l1 PARTITION OF l FOR VALUES FROM (1) TO (5)',
    up: {
      15: [
        'ALTER TABLE "l" ADD CONSTRAINT "l_at_is_set" CHECK ("at" IS NOT NULL) NOT VALID',
        'ALTER TABLE "l" VALIDATE CONSTRAINT "l_at_is_set"',
        'ALTER TABLE "l" ALTER COLUMN "at" SET NOT NULL',
        'ALTER TABLE "l" DROP CONSTRAINT "l_at_is_set"',
      ],
      18: ['ALTER TABLE "l" ADD CONSTRAINT "l_at_not_null" NOT NULL "at" NOT VALID', 'ALTER TABLE "l" VALIDATE CONSTRAINT "l_at_not_null"'],
    },
  },
  'a default that differs from row to row is for new rows first': {
    rules: ['VOLATILE_DEFAULT_REWRITES_TABLE'],
    from: TABLE,
    rows: ROWS,
    to: 'CREATE TABLE t (id int, a text, b int, k uuid NOT NULL DEFAULT gen_random_uuid())',
    up: {
      15: [
        'ALTER TABLE "t" ADD COLUMN "k" uuid',
        'ALTER TABLE "t" ALTER COLUMN "k" SET DEFAULT gen_random_uuid()',
        'batches: "k" = DEFAULT',
        'ALTER TABLE "t" ADD CONSTRAINT "t_k_is_set" CHECK ("k" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_k_is_set"',
        'ALTER TABLE "t" ALTER COLUMN "k" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_k_is_set"',
      ],
      18: [
        'ALTER TABLE "t" ADD COLUMN "k" uuid',
        'ALTER TABLE "t" ALTER COLUMN "k" SET DEFAULT gen_random_uuid()',
        'batches: "k" = DEFAULT',
        'ALTER TABLE "t" ADD CONSTRAINT "t_k_not_null" NOT NULL "k" NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_k_not_null"',
      ],
    },
  },
  'an identity column is numbered in batches, and then counts by itself': {
    rules: ['SERIAL_REWRITES_TABLE'],
    from: TABLE,
    rows: ROWS,
    to: `CREATE TABLE t (id int, a text, b int, n int GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5))`,
    up: {
      15: [
        'ALTER TABLE "t" ADD COLUMN "n" integer',
        'CREATE SEQUENCE "t_n_counter" AS integer START WITH 10 INCREMENT BY 5',
        `ALTER TABLE "t" ALTER COLUMN "n" SET DEFAULT nextval('"t_n_counter"')`,
        'batches: "n" = DEFAULT',
        'ALTER TABLE "t" ADD CONSTRAINT "t_n_is_set" CHECK ("n" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_n_is_set"',
        'ALTER TABLE "t" ALTER COLUMN "n" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_n_is_set"',
        'swap',
      ],
      18: [
        'ALTER TABLE "t" ADD COLUMN "n" integer',
        'CREATE SEQUENCE "t_n_counter" AS integer START WITH 10 INCREMENT BY 5',
        `ALTER TABLE "t" ALTER COLUMN "n" SET DEFAULT nextval('"t_n_counter"')`,
        'batches: "n" = DEFAULT',
        'ALTER TABLE "t" ADD CONSTRAINT "t_n_not_null" NOT NULL "n" NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_n_not_null"',
        'swap',
      ],
    },
  },
  'a serial column is numbered in batches': {
    rules: ['EVERY_ROW_CHANGED', 'NOT_NULL_BLOCKS_QUERIES'],
    from: TABLE,
    rows: ROWS,
    to: 'CREATE TABLE t (id int, a text, b int, s serial)',
    up: {
      15: [
        'ALTER TABLE "t" ADD COLUMN "s" integer',
        'CREATE SEQUENCE "t_s_seq" AS integer OWNED BY "t"."s"',
        `ALTER TABLE ONLY "t" ALTER COLUMN "s" SET DEFAULT nextval('t_s_seq'::regclass)`,
        'batches: "s" = DEFAULT',
        'ALTER TABLE "t" ADD CONSTRAINT "t_s_is_set" CHECK ("s" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_s_is_set"',
        'ALTER TABLE "t" ALTER COLUMN "s" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_s_is_set"',
      ],
      18: [
        'ALTER TABLE "t" ADD COLUMN "s" integer',
        'CREATE SEQUENCE "t_s_seq" AS integer OWNED BY "t"."s"',
        `ALTER TABLE ONLY "t" ALTER COLUMN "s" SET DEFAULT nextval('t_s_seq'::regclass)`,
        'batches: "s" = DEFAULT',
        'ALTER TABLE "t" ADD CONSTRAINT "t_s_not_null" NOT NULL "s" NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_s_not_null"',
      ],
    },
  },
  'a default that is the same for all rows needs no form': {
    rules: [],
    from: TABLE,
    to: "CREATE TABLE t (id int, a text, b int, k text NOT NULL DEFAULT 'x')",
    up: {},
  },
  'a column gets another type by a second one, which is filled in batches and put in its place': {
    rules: ['REWRITES_TABLE'],
    from: 'CREATE TABLE t (id int NOT NULL DEFAULT 7, a text, b int)',
    rows: ROWS,
    to: 'CREATE TABLE t (id bigint NOT NULL DEFAULT 7, a text, b int)',
    up: {
      all: [
        'ALTER TABLE "t" ADD COLUMN "id_new" bigint',
        'CREATE FUNCTION "t_id_sync"() RETURNS trigger LANGUAGE plpgsql AS $sync$ BEGIN NEW."id_new" := NEW."id"; RETURN NEW; END $sync$',
        'CREATE TRIGGER "zzz_t_id_sync" BEFORE INSERT OR UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "t_id_sync"()',
        'batches: "id_new" = "id"',
        'ALTER TABLE "t" ADD CONSTRAINT "t_id_new_is_set" CHECK ("id_new" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_new_is_set"',
        'ALTER TABLE "t" ALTER COLUMN "id_new" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_id_new_is_set"',
        'swap',
      ],
    },
  },
  'a key, an index, a foreign key and a sequence go over to the column of the new type': {
    rules: ['REWRITES_TABLE'],
    from: `CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id serial PRIMARY KEY, a text, b int REFERENCES u);
      CREATE INDEX "by b" ON t (a, b DESC); CREATE UNIQUE INDEX i ON t (id, a)`,
    rows: `INSERT INTO u SELECT generate_series(1, 5000); INSERT INTO t (a, b) SELECT 'a' || i, i FROM generate_series(1, 5000) i`,
    to: `CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id bigserial PRIMARY KEY, a text, b bigint REFERENCES u);
      CREATE INDEX "by b" ON t (a, b DESC); CREATE UNIQUE INDEX i ON t (id, a)`,
    up: {
      all: [
        'ALTER TABLE "t" ADD COLUMN "b_new" bigint',
        'CREATE FUNCTION "t_b_sync"() RETURNS trigger LANGUAGE plpgsql AS $sync$ BEGIN NEW."b_new" := NEW."b"; RETURN NEW; END $sync$',
        'CREATE TRIGGER "zzz_t_b_sync" BEFORE INSERT OR UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "t_b_sync"()',
        'batches: "b_new" = "b"',
        'ALTER TABLE "t" ADD CONSTRAINT "t_b_fkey_new" FOREIGN KEY ("b_new") REFERENCES u(id) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_b_fkey_new"',
        'CREATE INDEX CONCURRENTLY "by b_new" ON t USING btree (a, "b_new" DESC)',
        'swap',
        'ALTER TABLE "t" ADD COLUMN "id_new" bigint',
        'CREATE FUNCTION "t_id_sync"() RETURNS trigger LANGUAGE plpgsql AS $sync$ BEGIN NEW."id_new" := NEW."id"; RETURN NEW; END $sync$',
        'CREATE TRIGGER "zzz_t_id_sync" BEFORE INSERT OR UPDATE ON "t" FOR EACH ROW EXECUTE FUNCTION "t_id_sync"()',
        'batches: "id_new" = "id"',
        'ALTER TABLE "t" ADD CONSTRAINT "t_id_new_is_set" CHECK ("id_new" IS NOT NULL) NOT VALID',
        'ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_new_is_set"',
        'ALTER TABLE "t" ALTER COLUMN "id_new" SET NOT NULL',
        'ALTER TABLE "t" DROP CONSTRAINT "t_id_new_is_set"',
        'CREATE UNIQUE INDEX CONCURRENTLY "t_pkey_new" ON "t" ("id_new")',
        'CREATE UNIQUE INDEX CONCURRENTLY "i_new" ON t USING btree ("id_new", a)',
        'swap',
        'ALTER SEQUENCE "t_id_seq" AS bigint MINVALUE 1 MAXVALUE 9223372036854775807',
      ],
    },
  },
  'a type that changes in the catalog alone needs no form, nor gets one what others refer to': {
    rules: [],
    from: 'CREATE TABLE t (a varchar(10), b int UNIQUE); CREATE TABLE r (b int REFERENCES t (b))',
    to: 'CREATE TABLE t (a text, b bigint UNIQUE); CREATE TABLE r (b int REFERENCES t (b))',
    up: {},
  },
  'a check of a domain is validated when it is there': {
    rules: ['DOMAIN_CHECK_BLOCKS_QUERIES'],
    from: 'CREATE DOMAIN d AS text; CREATE TABLE t (d d)',
    rows: "INSERT INTO t SELECT 'b' FROM generate_series(1, 5000)",
    to: "CREATE DOMAIN d AS text CONSTRAINT c CHECK (value > 'a'); CREATE TABLE t (d d)",
    up: {
      all: [`ALTER DOMAIN "d" ADD CONSTRAINT "c" CHECK ((VALUE > 'a'::text)) NOT VALID`, 'ALTER DOMAIN "d" VALIDATE CONSTRAINT "c"'],
    },
  },
  'what is made anew is never gone for others: then all stays in one transaction': {
    rules: [],
    from: `${TABLE}; CREATE VIEW v AS SELECT id FROM t`,
    to: `${TABLE}; CREATE VIEW v AS SELECT b FROM t; CREATE INDEX i ON t (a)`,
    up: {},
    warnings: [
      'the migration stays as it is planned, without safe forms: view public.v is made anew, and would be gone for others in between; they are made for the rest in a migration of its own',
    ],
  },
  'a new table is nobody yet who could wait': {
    rules: [],
    from: 'CREATE TABLE u (id int)',
    to: 'CREATE TABLE u (id int); CREATE TABLE t (id int PRIMARY KEY, a text UNIQUE CHECK (a <> $$x$$)); CREATE INDEX ON t (a)',
    up: {},
  },
};
