import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { catchUp } from '../../src/introspect/catchUp.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { splitSql } from '../../src/load/splitSql.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { findCases, golden, stateOf } from '../support/cases.ts';
import { plain } from '../support/plainSnapshot.ts';
import { withServer } from '../support/servers.ts';

const keeping = suite('keeping a snapshot true');
const shadow = await Shadow.open(await withServer(18), 'postgres');

for (const testCase of await findCases()) {
  keeping(`${testCase.name}: read again after each statement of up and down, it is what a whole reading gives`, async () => {
    // Its roles stay in the server.
    await shadow.scratch((other) => stateOf(other, testCase, 'to'));
    await shadow.scratch(async (database) => {
      await stateOf(database, testCase, 'from');
      await database.session(async (session) => {
        await session.query('SET check_function_bodies = off');
        let reading = await catchUp(session);
        for (const file of ['up.sql', 'down.sql']) {
          for (const { sql } of splitSql((await golden(testCase, file)) ?? '', file)) {
            await session.query(sql);
            reading = await catchUp(session, reading);
            assert.equal(plain(reading.snapshot), plain(await introspect(session)), sql);
          }
        }
      });
    });
  });
}

keeping.after(() => shadow.close());
keeping.run();
