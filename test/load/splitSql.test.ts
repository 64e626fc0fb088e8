import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FastpyError } from '../../src/errors.ts';
import { splitSql } from '../../src/load/splitSql.ts';

const texts = (script: string): string[] => splitSql(script).map((statement) => statement.sql);

function lineOfFailure(script: string): number | undefined {
  try {
    splitSql(script, 'models/a.sql');
  } catch (error) {
    assert.instance(error, FastpyError);
    assert.is((error as FastpyError).code, 'MODEL_LOAD_FAILED');
    return (error as FastpyError).location?.line;
  }
  return undefined;
}

test('a semicolon inside quotes, comments or parentheses does not end a statement', () => {
  const whole = [
    "SELECT 'a;b', E'c\\';d', \"e;f\", $$g;h$$, $tag$i;$$;j$tag$, U&'k;l'",
    'SELECT 1 /* a; /* nested; */ b; */ + 2 -- c;\n + 3',
    'CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2))',
    "SELECT E'a'\n  'b\\';c'",
    "SELECT 'it''s; fine', a$b$c",
  ];
  assert.equal(texts(`${whole.join(';\n')};`), whole);
});

test('the body of an SQL-standard function stays whole, with CASE inside it', () => {
  const body = 'CREATE OR REPLACE FUNCTION f(a int) RETURNS int\nBEGIN ATOMIC\n SELECT CASE WHEN a > 0 THEN 1 END;\n SELECT 2;\nEND';
  assert.equal(texts(`${body};\nSELECT 3`), [body, 'SELECT 3']);
  assert.equal(texts('BEGIN; SELECT 1; END;'), ['BEGIN', 'SELECT 1', 'END']);
});

test('the rows of COPY are skipped up to their end mark, and psql guards in silence', () => {
  const dump = "\\restrict abc\nCOPY t (a) FROM stdin;\n1;\t'x\n\\.\n\nCREATE TABLE u ();\n\\unrestrict abc\n";
  assert.equal(texts(dump), ['COPY t (a) FROM stdin', 'CREATE TABLE u ()']);
});

test('a line is that of the first token, whatever comments come before', () => {
  const lines = splitSql('-- a\n\n/* b\n */ SELECT 1;\n\n-- c\nSELECT\n2;SELECT 3').map(({ line }) => line);
  assert.equal(lines, [4, 7, 8]);
});

test('backslashes escape in plain strings once standard_conforming_strings is off', () => {
  assert.equal(texts("SET standard_conforming_strings = off; SELECT 'a\\';b'; SELECT 1").length, 3);
});

test('what is never closed is reported where it begins', () => {
  assert.is(lineOfFailure("SELECT 1;\nSELECT 'abc\n\n;"), 2);
  assert.is(lineOfFailure('SELECT 1;\n\nDO $x$ BEGIN $$;'), 3);
  assert.is(lineOfFailure('/* a /* b */'), 1);
  assert.is(lineOfFailure('\nSELECT "a'), 2);
});

test('commands of psql are refused with their line', () => {
  assert.is(lineOfFailure('SELECT 1;\n\\connect other\n'), 2);
});

const piece = fc.constantFrom(
  ...["'", '"', '$$', '$a$', '--', '\n', '/*', '*/', ';', '(', ')', ' ', 'x', 'E', 'BEGIN ', 'ATOMIC ', 'END ', '1', "''", 'é', '😀'],
);

test('statements lie in the script in order, and only blanks, comments and semicolons lie between them', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const script = pieces.join('');
      let statements: ReturnType<typeof splitSql>;
      try {
        statements = splitSql(script);
      } catch {
        return;
      }
      let end = 0;
      for (const { sql, offset, line, leading } of statements) {
        assert.is(script.slice(offset, offset + sql.length), sql);
        assert.is(line, script.slice(0, offset).split('\n').length);
        assert.ok(offset >= end && script.slice(end, offset).endsWith(leading));
        end = offset + sql.length;
      }
    }),
    { numRuns: 500 },
  );
});

test.run();
