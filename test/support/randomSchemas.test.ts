import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { registry } from '../../src/kinds/registry.ts';
import { anyPair, SLOTS, schemaFiles, slotTexts } from './randomSchemas/schemas.ts';

/** What in the text of a schema makes an object of each kind. */
const MADE_BY: Readonly<Record<string, RegExp>> = {
  'access method': /CREATE ACCESS METHOD/,
  aggregate: /CREATE AGGREGATE/,
  'base type': /\(INPUT = /,
  cast: /CREATE CAST/,
  collation: /CREATE COLLATION/,
  column: /CREATE (UNLOGGED )?TABLE \S+ \(/,
  comment: /COMMENT ON/,
  'composite type': /CREATE TYPE \S+ AS \(/,
  constraint: /PRIMARY KEY|UNIQUE|CHECK/,
  conversion: /CREATE (DEFAULT )?CONVERSION/,
  'default privileges': /ALTER DEFAULT PRIVILEGES/,
  default: / DEFAULT /,
  domain: /CREATE DOMAIN/,
  enum: /AS ENUM/,
  'event trigger': /CREATE EVENT TRIGGER/,
  extension: /CREATE EXTENSION/,
  'foreign-data wrapper': /CREATE FOREIGN DATA WRAPPER/,
  'foreign server': /CREATE SERVER/,
  'foreign table': /CREATE FOREIGN TABLE/,
  'internal triggers': /TRIGGER ALL/,
  'partition trigger': /ALTER TABLE ONLY app\.logs_a DISABLE TRIGGER/,
  'index attachment': /PARTITION OF[\s\S]*CREATE INDEX .* ON app\.logs \(/,
  index: /CREATE (UNIQUE )?INDEX/,
  language: /CREATE (TRUSTED )?LANGUAGE/,
  'materialized view': /CREATE MATERIALIZED VIEW/,
  'operator class': /CREATE OPERATOR CLASS/,
  'operator family': /CREATE OPERATOR FAMILY/,
  operator: /CREATE OPERATOR \S+ \(/,
  owner: /OWNER TO/,
  partition: /PARTITION OF|ATTACH PARTITION/,
  policy: /CREATE POLICY/,
  privileges: /GRANT|REVOKE/,
  'publication schema': /TABLES IN SCHEMA/,
  publication: /CREATE PUBLICATION/,
  'publication table': /CREATE PUBLICATION .* FOR TABLE /,
  range: /AS RANGE/,
  'replica identity': /REPLICA IDENTITY/,
  routine: /CREATE (FUNCTION|PROCEDURE)/,
  rule: /CREATE RULE/,
  schema: /CREATE SCHEMA/,
  sequence: /CREATE SEQUENCE|serial/,
  statistics: /CREATE STATISTICS/,
  table: /CREATE (UNLOGGED )?TABLE/,
  'text search configuration': /CREATE TEXT SEARCH CONFIGURATION/,
  'text search dictionary': /CREATE TEXT SEARCH DICTIONARY/,
  'text search parser': /CREATE TEXT SEARCH PARSER/,
  'text search template': /CREATE TEXT SEARCH TEMPLATE/,
  transform: /CREATE TRANSFORM/,
  trigger: /CREATE (CONSTRAINT )?TRIGGER/,
  'user mapping': /CREATE USER MAPPING/,
  view: /CREATE VIEW/,
};

/** All databases of a server share these, and so would all pairs. */
const OF_THE_SERVER = ['role', 'membership'];

const PAIRS = 1000;
const pairs = fc.sample(anyPair, { numRuns: PAIRS, seed: 1 });

const coverage = suite('random schemas');

coverage('of all kinds, some are in a thousand pairs', () => {
  const texts = pairs.flat().map((choice) => Object.values(schemaFiles(choice, 18)).join(''));
  const kinds = [...registry.keys()].filter((kind) => !OF_THE_SERVER.includes(kind));
  const never = kinds.filter((kind) => !texts.some((text) => MADE_BY[kind]?.test(text)));
  assert.equal(never, []);
});

coverage('every version of every slot is in a thousand pairs', () => {
  const seen = new Set(pairs.flat().flatMap((choice) => Object.entries(choice).map(([name, version]) => `${name} ${version}`)));
  const all = Object.entries(SLOTS).flatMap(([name, { versions }]) => versions.map((_, version) => `${name} ${version}`));
  assert.equal(
    all.filter((version) => !seen.has(version)),
    [],
  );
});

coverage('what a slot has is altered, and not only made and dropped, in a thousand pairs', () => {
  const texts = pairs.map(([from, to]) => [slotTexts(from, 18), slotTexts(to, 18)] as const);
  const isAltered = (name: string): boolean =>
    texts.some(([from, to]) => from.get(name) !== '' && to.get(name) !== '' && from.get(name) !== to.get(name));
  const never = Object.entries(SLOTS).filter(([name, { versions }]) => versions.length > 2 && !isAltered(name));
  assert.equal(
    never.map(([name]) => name),
    [],
  );
});

coverage.run();
