import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Edits } from '../../bench/schema/edits.ts';
import { describeTables } from '../../bench/schema/tables.ts';
import { isVerified, namesEdit } from '../../bench/support/suggestions.ts';
import type { ChangeInfo, SuggestionInfo } from '../../src/protocol/methods.ts';

const [edit] = new Edits(describeTables({ tables: 1, seed: 1 }), 1).additions(1);
const added: ChangeInfo = { action: 'create', kind: 'column', name: 'public.users.added0', hazards: [] };

const suggestion = (...changes: readonly ChangeInfo[]): SuggestionInfo => ({
  message: 'add added0 to users',
  changes,
  up: [],
  down: [],
  reversible: 'exact',
  transactional: true,
  questions: [],
  provedOn: 'PostgreSQL 18.4',
  warnings: [],
});

test('a suggestion is about an edit when it names that and nothing else', () => {
  assert.ok(edit && namesEdit(suggestion(added), edit));
  assert.not.ok(edit && namesEdit(suggestion(added, { ...added, name: 'public.users.other' }), edit));
  assert.not.ok(edit && namesEdit(suggestion({ ...added, action: 'drop' }), edit));
  assert.not.ok(edit && namesEdit(null, edit));
});

test('a suggestion counts as proved unless it says that it is not', () => {
  assert.ok(isVerified(suggestion(added)));
  assert.ok(isVerified(Object.assign(suggestion(added), { verified: true })));
  assert.not.ok(isVerified(Object.assign(suggestion(added), { verified: false })));
});

test.run();
