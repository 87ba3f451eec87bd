import i18next from 'i18next';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { errorText } from '../../i18n/text-for.ts';
import type { Desk } from '../../stores/desk.ts';
import { formatFull, formatUtc } from '../../ui/format-time.ts';
import { readStatusPalette } from '../../ui/palette.ts';
import { saveFile } from '../../ui/save-file.ts';
import { candleFreshness } from './chart-legend.ts';
import type { ChartSession } from './chart-session.ts';
import { type PictureFooter, pictureName, pictureOf } from './picture.ts';

function footerOf(desk: Desk, now: number): PictureFooter {
  const { instrument, interval } = desk.focus.store.getState();
  const venue = desk.app.venues.find((one) => one.id === venueOf(instrument))?.name ?? venueOf(instrument);
  const { mode } = desk.app;
  return {
    what: `${instrumentName(instrument)} · ${venue} · ${interval}`,
    when: `${formatUtc(now)} · ${formatFull(now, 'Asia/Seoul')} KST`,
    warnings: [
      ...(mode === 'live' ? [] : [i18next.t(`title.${mode}`)]),
      ...(candleFreshness(desk) === 'fresh' ? [] : [i18next.t('title.stale')]),
    ],
  };
}

/** A picture of the chart, to a file or the clipboard; the session says what came of it. */
export async function takePicture(
  desk: Desk,
  session: ChartSession,
  where: 'file' | 'clipboard',
): Promise<void> {
  const { view } = session;
  if (view === undefined) return;
  const { now } = desk.pulse.getState();
  const { instrument, interval } = desk.focus.store.getState();
  try {
    const made = pictureOf(view.picture(), footerOf(desk, now), readStatusPalette());
    if (where === 'clipboard') {
      // The promise itself is handed over: the clipboard takes nothing that comes after the press.
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': made })]);
      session.store.setState({ said: i18next.t('picture.copied') });
    } else {
      const name = pictureName(instrument, interval, now);
      saveFile(name, new Uint8Array(await (await made).arrayBuffer()), 'image/png');
      session.store.setState({ said: i18next.t('picture.saved', { name }) });
    }
  } catch (fault) {
    session.store.setState({
      said: where === 'clipboard' ? i18next.t('picture.not-copied') : errorText(fault),
    });
  }
}
