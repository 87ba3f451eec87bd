import type { PrivateDialect } from '../korean/private-dialect.ts';
import { UPBIT_DIALECT } from './dialect.ts';
import { assetFrame, endState, orderFrame } from './private-frames.ts';
import { readPrivateRequest } from './private-requests.ts';
import { errorFrame } from './requests.ts';

/** What Upbit says in its own way on the private socket. */
export const UPBIT_PRIVATE_DIALECT: PrivateDialect = {
  messageLimits: UPBIT_DIALECT.messageLimits,
  tooManyMessages: UPBIT_DIALECT.tooManyMessages,
  keyEnded: errorFrame('INVALID_AUTH'),
  read: readPrivateRequest,
  endState,
  order: orderFrame,
  assets: assetFrame,
};
