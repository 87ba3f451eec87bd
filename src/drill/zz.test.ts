import { test } from 'vitest';
import { openLinkedStage, pause } from './test-kit/linked-stage.ts';
test('x', { timeout: 90_000 }, async () => {
    await using stage = await openLinkedStage({ seed: 10, instrumentsPerVenue: 3 });
    const show = async (what: string) => { const s = (await stage.control.read('stats')) as any; console.log(what, s.lagMs, JSON.stringify(stage.engine.health().clockOffsetMs), Object.entries(s.venues).map(([id, v]: any) => `${id} ${JSON.stringify(Object.fromEntries(Object.entries(v.requests ?? v.rest ?? {}).filter(([p]) => /time|market\/all/.test(p))))}`).join(' ')); };
    await stage.ready();
    await show('ready');
    for (const venue of stage.ids) await stage.control.fault({ kind: 'clockSkew', venue, ms: 7000, durationMs: 20000 });
    for (let i = 0; i < 6; i++) { await pause(2000); await show('skewed'); }
});
