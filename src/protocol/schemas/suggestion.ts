/** Parameters of the `suggestion.*` requests. */
import { databaseParams, makeParams } from './db.ts';

export { databaseParams as suggestionGetParams, makeParams as suggestionAcceptParams };
