import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Emitter, type Undo } from '#shared/base/emitter.ts';
import type { AlarmsView } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Alarm, AlarmCall } from '#shared/domain/alarm.ts';
import { openWatch, type Watched } from './watched.ts';
