import { bare, schemaOf, tableNeeds } from './names.ts';
import { base, needs, type Slots, slot } from './slots.ts';

/** What is made on a table after it: indexes, policies, privileges, triggers, rules, statistics, and the views over it. */
export function attachedSlots(name: string, file: string): Slots {
  const there = tableNeeds(name);
  const index = `"${bare(name)} i"`;
  const statistics = `app."${bare(name)} s"`;
  const view = `app."${bare(name)} v"`;
  const outerView = `app."${bare(name)} w"`;
  const trigger = (what: string): string => `CREATE TRIGGER touched ${what} EXECUTE FUNCTION app.touch()`;
  return {
    [`${name} index`]: slot(
      file,
      there(['a'], `CREATE INDEX ON ${name} (a)`),
      there(['a', 'b'], `CREATE INDEX ${index} ON ${name} ("order" DESC NULLS LAST, a) INCLUDE (id)`),
      there(['b'], `CREATE UNIQUE INDEX ${index} ON ${name} ("order") WHERE "order" IS NOT NULL`),
      there(['b'], `CREATE UNIQUE INDEX ${index} ON ${name} ("order") NULLS NOT DISTINCT WITH (fillfactor = 60)`),
      there([], `CREATE INDEX ${index} ON ${name} USING hash (id); COMMENT ON INDEX ${schemaOf(name)}.${index} IS 'hash'`),
      there([], `CREATE INDEX ${index} ON ${name} (id); ALTER TABLE ${name} CLUSTER ON ${index}`),
      there(
        ['c'],
        `CREATE INDEX ${index} ON ${name} (("C.c" IS NULL)) WITH (fillfactor = 50); ALTER INDEX ${schemaOf(name)}.${index} ALTER COLUMN 1 SET STATISTICS 50`,
      ),
      needs(['sound'], there(['c'], `CREATE INDEX ${index} ON ${name} (app.sound("C.c"))`)),
    ),
    [`${name} policy`]: slot(
      file,
      there([], `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`),
      there([], `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON ${name} FOR SELECT TO reader USING (id IS NOT NULL)`),
      there([], `CREATE POLICY own ON ${name} FOR SELECT TO reader USING (id IS NULL); COMMENT ON POLICY own ON ${name} IS 'p'`),
      there(
        ['a'],
        `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY; CREATE POLICY own ON ${name} AS RESTRICTIVE USING (a IS NOT NULL) WITH CHECK (true)`,
      ),
      needs(['sound'], there([], `CREATE POLICY own ON ${name} FOR INSERT WITH CHECK (app.sound(id))`)),
      needs(
        ['public.users kind'],
        there([], `CREATE POLICY own ON ${name} USING (EXISTS (SELECT FROM public.users u WHERE u.id IS NOT NULL))`),
      ),
    ),
    [`${name} grant`]: slot(
      file,
      there([], `GRANT SELECT, INSERT ON ${name} TO reader`),
      there([], `GRANT SELECT ON ${name} TO reader WITH GRANT OPTION`),
      there(['a'], `GRANT UPDATE (a), SELECT (id) ON ${name} TO reader WITH GRANT OPTION`),
      there(['b'], `GRANT SELECT ("order"), INSERT (id, "order") ON ${name} TO PUBLIC`),
      there([], `GRANT ALL ON ${name} TO PUBLIC; REVOKE TRUNCATE ON ${name} FROM CURRENT_USER`),
    ),
    [`${name} owner`]: slot(file, there([], `ALTER TABLE ${name} OWNER TO reader`)),
    [`${name} trigger`]: slot(
      file,
      needs(['touch'], there([], trigger(`BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW`))),
      needs(
        ['touch'],
        there([], `${trigger(`BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW`)}; ALTER TABLE ${name} ENABLE ALWAYS TRIGGER touched`),
      ),
      needs(
        ['touch'],
        there(['a'], `${trigger(`AFTER UPDATE OF a ON ${name} FOR EACH STATEMENT`)}; ALTER TABLE ${name} DISABLE TRIGGER touched`),
      ),
      needs(
        ['touch'],
        there(
          ['b'],
          `${trigger(`AFTER UPDATE ON ${name} FOR EACH ROW WHEN (old."order" IS DISTINCT FROM new."order")`)}; COMMENT ON TRIGGER touched ON ${name} IS 't'`,
        ),
      ),
      needs(['touch'], there([], trigger(`AFTER DELETE ON ${name} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT`))),
      needs(
        ['touch'],
        there([], trigger(`AFTER INSERT ON ${name} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW`).replace('TRIGGER', 'CONSTRAINT TRIGGER')),
      ),
    ),
    [`${name} triggers of keys`]: slot(
      file,
      needs([`${name} fk`], `ALTER TABLE ${name} DISABLE TRIGGER ALL`),
      needs([`${name} fk`], `ALTER TABLE ${name} DISABLE TRIGGER ALL; ALTER TABLE ${name} ENABLE TRIGGER USER`),
    ),
    [`${name} rule`]: slot(
      file,
      there([], `CREATE RULE quiet AS ON DELETE TO ${name} DO INSTEAD NOTHING`),
      there([], `CREATE RULE quiet AS ON DELETE TO ${name} DO ALSO NOTIFY gone; ALTER TABLE ${name} DISABLE RULE quiet`),
      there(
        ['a'],
        `CREATE RULE quiet AS ON UPDATE TO ${name} WHERE old.a IS NULL DO INSTEAD NOTHING; COMMENT ON RULE quiet ON ${name} IS 'q'`,
      ),
    ),
    [`${name} statistics`]: slot(
      file,
      there(['a'], `CREATE STATISTICS ${statistics} ON id, a FROM ${name}`),
      there(
        ['a'],
        `CREATE STATISTICS ${statistics} ON id, a FROM ${name}; COMMENT ON STATISTICS ${statistics} IS 's'; ALTER STATISTICS ${statistics} OWNER TO reader`,
      ),
      there(
        ['b'],
        `CREATE STATISTICS ${statistics} (ndistinct) ON "order", (id IS NULL) FROM ${name}; ALTER STATISTICS ${statistics} SET STATISTICS 50`,
      ),
    ),
    [`${name} replica`]: slot(
      file,
      there([], `ALTER TABLE ${name} REPLICA IDENTITY FULL`),
      there([], `ALTER TABLE ${name} REPLICA IDENTITY NOTHING`),
    ),
    [`${name} view`]: base(
      slot(
        file,
        there([], `CREATE VIEW ${view} AS SELECT * FROM ${name}`),
        there(
          ['a'],
          `CREATE VIEW ${view} WITH (security_barrier) AS SELECT a, id FROM ${name} WHERE a IS NOT NULL; GRANT SELECT ON ${view} TO reader`,
        ),
        there(['a'], `CREATE VIEW ${view} AS SELECT id, a FROM ${name} WITH CHECK OPTION; COMMENT ON COLUMN ${view}.id IS 'i'`),
        there(
          [],
          `CREATE VIEW ${view} WITH (security_invoker) AS SELECT id, 1 AS n FROM ${name}; ALTER VIEW ${view} ALTER COLUMN n SET DEFAULT 5`,
        ),
        there(
          [],
          `CREATE VIEW ${view} AS SELECT id FROM ${name}; ALTER VIEW ${view} OWNER TO reader; CREATE RULE quiet AS ON INSERT TO ${view} DO INSTEAD NOTHING`,
        ),
        needs(
          ['touch'],
          there([], `CREATE VIEW ${view} AS SELECT id FROM ${name}; ${trigger(`INSTEAD OF INSERT ON ${view} FOR EACH ROW`)}`),
        ),
        needs(['sound'], there([], `CREATE VIEW ${view} AS SELECT id, app.sound(id) AS fine FROM ${name}`)),
        there(
          [],
          `CREATE MATERIALIZED VIEW ${view} AS SELECT id, count(*) AS n FROM ${name} GROUP BY id; CREATE UNIQUE INDEX "${bare(name)} vi" ON ${view} (id)`,
        ),
        there(
          ['b'],
          `CREATE MATERIALIZED VIEW ${view} WITH (fillfactor = 90) AS SELECT id, "order" FROM ${name} WITH NO DATA; COMMENT ON MATERIALIZED VIEW ${view} IS 'm'`,
        ),
      ),
    ),
    [`${name} outer view`]: slot(
      file,
      needs(
        [`${name} view`],
        `CREATE VIEW ${outerView} AS SELECT v.id, v.id IS NULL AS gone FROM ${view} v; COMMENT ON VIEW ${outerView} IS 'w'`,
      ),
      needs(
        [`${name} view`],
        `CREATE VIEW ${outerView} AS SELECT v.id FROM ${view} v JOIN ${name} t ON t.id = v.id; GRANT SELECT (id) ON ${outerView} TO reader`,
      ),
      // It is filled at once, and by the rights of the view's owner.
      ({ at }) =>
        at(`${name} view`) === '' || /OWNER TO|NO DATA/.test(at(`${name} view`))
          ? ''
          : `CREATE MATERIALIZED VIEW ${outerView} AS SELECT v.id FROM ${view} v; CREATE INDEX ON ${outerView} (id)`,
      needs([`${name} view`], `CREATE FUNCTION ${outerView}(v ${view}) RETURNS boolean LANGUAGE sql AS 'SELECT true'`),
    ),
  };
}
