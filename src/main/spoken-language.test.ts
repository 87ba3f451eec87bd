import { expect, it } from 'vitest';
import type { Engine } from '#engine/engine.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createSpokenLanguage } from './spoken-language.ts';

function following(system: 'en' | 'ko') {
  const clock = createVirtualClock();
  const said: string[] = [];
  const errors: string[] = [];
  const settings = { language: 'system' as 'system' | 'en' | 'ko', fault: undefined as Error | undefined };
  const request = async () => {
    if (settings.fault) throw settings.fault;
    return { language: settings.language };
  };
  const spoken = createSpokenLanguage(system);
  const undo = spoken.follow({
    engine: { api: { request } } as unknown as Pick<Engine, 'api'>,
    clock,
    log: { error: (text: string) => errors.push(text) },
    changed: () => said.push(spoken.now()),
  });
  const look = async () => {
    clock.advance(2_000);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, spoken, settings, said, errors, look, undo };
}

it('speaks as the system does until the person has chosen, and says each change once', async () => {
  const { spoken, settings, said, look } = following('ko');
  await look();
  expect([spoken.now(), said]).toEqual(['ko', []]);
  settings.language = 'en';
  await look();
  await look();
  settings.language = 'ko';
  await look();
  settings.language = 'system';
  await look();
  expect([spoken.now(), said]).toEqual(['ko', ['en', 'ko']]);
});

it('keeps the language it has where the settings cannot be read, and complains once', async () => {
  const { spoken, settings, said, errors, look } = following('en');
  settings.language = 'ko';
  await look();
  settings.fault = new Error('no disk');
  await look();
  await look();
  expect([spoken.now(), said, errors]).toEqual([
    'ko',
    ['ko'],
    ['the shell cannot know its language: no disk'],
  ]);
});

it('hears nothing more once it is over, not even an answer on its way', async () => {
  const { clock, spoken, settings, said, undo, look } = following('en');
  await look();
  settings.language = 'ko';
  clock.advance(2_000);
  undo();
  await look();
  expect([spoken.now(), said]).toEqual(['en', []]);
});
