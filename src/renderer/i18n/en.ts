import { account } from './en/account.ts';
import { alerts } from './en/alerts.ts';
import { chart } from './en/chart.ts';
import { cockpit } from './en/cockpit.ts';
import { commands } from './en/commands.ts';
import { connections } from './en/connections.ts';
import { drill } from './en/drill.ts';
import { flight } from './en/flight.ts';
import { halt } from './en/halt.ts';
import { holdings } from './en/holdings.ts';
import { incidents } from './en/incidents.ts';
import { keys } from './en/keys.ts';
import { ladder } from './en/ladder.ts';
import { limits } from './en/limits.ts';
import { popout } from './en/popout.ts';
import { premium } from './en/premium.ts';
import { settings } from './en/settings.ts';
import { ticket } from './en/ticket.ts';
import { trading } from './en/trading.ts';
import { tradingLog } from './en/trading-log.ts';
import { ui } from './en/ui.ts';
import { venueErrors } from './en/venue-errors.ts';
import { venues } from './en/venues.ts';
import { watch } from './en/watch.ts';
import { welcome } from './en/welcome.ts';
import { workspace } from './en/workspace.ts';

/** Every visible text in English. `ko.ts` has the same keys; i18n.test.ts holds both to the code. */
export const en = {
  ...connections,
  ...chart,
  ...alerts,
  ...cockpit,
  ...commands,
  ...incidents,
  ...drill,
  ...premium,
  ...popout,
  ...venues,
  ...watch,
  ...workspace,
  ...ui,
  ...account,
  ...keys,
  ...holdings,
  ...ticket,
  ...trading,
  ...tradingLog,
  ...halt,
  ...ladder,
  ...flight,
  ...limits,
  ...settings,
  ...venueErrors,
  ...welcome,

  'app.name': 'Heartline',
  'demo.badge': 'DEMO — simulated market',
  'demo.explained':
    'Every number on this desk comes from the built-in simulator. Nothing here is a real market.',
  'demo.badge-mixed': 'DEMO — simulated, except {{names}}',
  'demo.explained-mixed':
    'Every number on this desk comes from the built-in simulator, except those of {{names}}: that is the real market.',
  'replay.badge': 'RECORDING · {{date}} · {{speed}}×',
  'replay.explained':
    'Everything on this desk was recorded on {{date}} ({{file}}) and is played at {{speed}} times its speed. Times and ages are those of then.',
  'title.demo': 'DEMO',
  'title.replay': 'RECORDING',
  'title.stale': '▲ stale',

  'boot.connecting': 'Connecting to the engine…',
  'boot.refused':
    'This window is not signed in: its link was already used, has expired, or the host was started anew. Nothing is shown because nothing can be trusted. Press Enter in the terminal where Heartline runs and open the link it prints.',
  'boot.again': 'Trying again every second.',

  'banner.silent': 'Engine not answering for {{age}} — nothing on this screen is live.',
  'banner.announced': 'The engine is not answering. Nothing on this screen is live.',
  'banner.quiet': 'The link to it stands, but nothing comes.',
  'banner.retrying': 'Reconnecting.',
  'banner.refused':
    'The host no longer knows this window. Press Enter in the terminal where Heartline runs and open the link it prints.',

  'boundary.what': 'This panel could not be drawn',
  'boundary.means':
    'It shows nothing rather than something old. The other panels and your connections are not affected.',
  'boundary.again': 'Draw it again',
  'notice.dismiss': 'Dismiss',

  'errors.unknown': 'Something failed: {{message}}. Nothing on your account was touched.',
  'errors.internal':
    'The engine could not do this because of a fault of its own. Nothing on your account was touched. The connection log has the details.',
  'errors.instrument.unknown':
    '{{instrument}} is not listed on its venue. Nothing is shown for it. Choose another instrument.',
  'errors.interval.unknown':
    'This venue has no {{interval}} candles. Nothing is shown for it. Choose another interval.',
  'errors.venue.unknown': 'There is no venue called {{venue}}. Nothing was changed.',
  'errors.venue.answer':
    'The venue answered in a way we do not understand, so nothing is shown rather than something wrong. Try again in a moment.',
  'errors.rest.timeout':
    'The venue did not answer in time. What is missing stays missing until it does; nothing on your account was touched. Trying again.',
  'errors.rest.unreachable':
    'The venue cannot be reached. Nothing on your account was touched. Check your network; trying again.',
  'errors.rest.rate-limit':
    'The venue asked us to slow down. Nothing on your account was touched. Trying again shortly.',
  'errors.rest.ban':
    'The venue has banned this address for now. Live data may go on; what has to be asked for waits. Trying again later.',
  'errors.rest.refused':
    'The venue refused the question. Nothing on your account was touched. Try again, or choose something else.',
  'errors.rest.geo':
    'The venue does not answer from this place. Nothing on your account was touched. Check the venue’s terms for where you are, and any VPN or proxy.',
  'errors.rest.auth':
    'The venue wants to know who asks. Nothing on your account was touched; this cannot be shown.',
  'errors.rest.clock':
    'The venue says that this computer’s clock is off. Nothing on your account was touched. Set the clock; trying again.',
  'errors.rest.maintenance':
    'The venue is under maintenance. What is missing stays missing until it is back; nothing on your account was touched. Trying again.',
  'errors.rest.stopped': 'The engine is shutting down, so this was not done.',
  'errors.rest.circuit':
    'This is asked of the venue again in a while: it failed again and again. What is missing stays missing until then; nothing on your account was touched.',
  'errors.rest.silent':
    'The venue asked for silence until {{until}}. What is missing stays missing until then; nothing on your account was touched.',
  'errors.alarm.unknown': 'This alarm is not there any more. Nothing was changed.',
  'errors.drill.unavailable':
    'Drills cannot be run here: there is no simulator beside this engine. Nothing was touched.',
  'errors.limit.invalid': 'That many candles cannot be asked for at once. Nothing was changed.',
  'errors.contract.closed': 'The engine is not reachable, so this was not done. Try again once it answers.',
  'errors.contract.refused':
    'The host does not know this window, so this was not done. Open the link that the terminal prints.',
  'errors.contract.unreachable':
    'The host does not answer, so this was not done. Check that Heartline is still running.',
  'errors.input.invalid': 'The engine did not accept this input, so nothing was changed.',
  'errors.rate-limit':
    'Too much was asked of the engine at once, so this was not done. Try again in a moment.',
  'errors.settings.unwritable':
    'This setting could not be saved: it holds until the window closes. Check that the data folder can be written.',

  'search.placeholder': 'Search instrument — just type',
  'search.label': 'Search instrument',
  'search.results': 'Instruments found',
  'search.hint': 'Enter shows it · Shift+Enter puts it on or off the watchlist',
  'search.nothing': 'No instrument is called “{{typed}}”.',
  'search.loading': 'The list of instruments is on its way…',
  'search.unavailable': 'The list of instruments is not here yet. {{why}}',
  'search.watch': '+ watch',
  'search.watched': '✓ watched',
  'standing.halted': 'halted',
  'standing.halted-explained': 'The venue lists it, but nothing is traded: prices stand still.',
  'standing.warned': 'warning',
  'standing.warned-explained':
    'It is traded, but the venue warns of it: look at the venue’s notice before you act.',
  'standing.unlisted': 'not listed',
  'standing.unlisted-explained': 'Its venue does not list it, or not any more: nothing is shown for it.',

  'settings.open': 'Settings',
  'settings.title': 'Settings',
  'settings.theme': 'Theme',
  'settings.colours': 'Up and down',
  'settings.language': 'Language',
  'theme.dark': 'Dark',
  'theme.light': 'Light',
  'theme.system': 'System',
  'colours.western': 'Western',
  'colours.korean': 'Korean',
  'colours.colour-blind': 'Colour-blind safe',
  'colours.inverted': 'Inverted',
  'language.en': 'English',
  'language.ko': '한국어',
  'language.system': 'System',
  'shell.desktop': 'desktop',
  'shell.headless': 'browser',
  'about.charts': 'Charts drawn with Lightweight Charts™ by',
  'about.tradingview': 'TradingView',
  'about.licences':
    'Lightweight Charts: Apache License 2.0, © 2025 TradingView, Inc. Inter and Pretendard: SIL Open Font License 1.1.',

  'watchlist.title': 'Watchlist',
  'watchlist.keys':
    'Arrow keys move, Enter shows, Delete removes, Alt with an arrow key moves the row up or down.',
  'watchlist.add': 'Add to watchlist',
  'watchlist.remove': 'Remove from watchlist',
  'watchlist.remove-named': 'Remove {{name}} from watchlist',

  'column.price': 'Price {{unit}}',
  'column.quantity': 'Quantity {{unit}}',
  'column.total': 'Total',

  'book.title': 'Book',
  'book.mark': 'mark',
  'book.spread': 'spread',
  'book.age-explained': 'Age of the last change to the book',
  'book.first': 'Waiting for the first book…',
  'book.syncing': 'Syncing — these levels are not live',
  'book.invalid': 'Out of sequence for {{age}} — not live, reading it anew',
  'book.stale': 'Stale for {{age}} — not live',
  'book.engine-silent': 'Engine silent — book is {{age}} old',

  'tape.title': 'Trades',
  'tape.first': 'Waiting for the first trade…',
  'tape.stale': 'Stale — new trades are missing here',
  'tape.break': '▲ trades may be missing',
  'tape.break-explained':
    'The stream of trades was interrupted here. What was missed is read from the venue as soon as it answers; until then this tape may have a hole.',
  'tape.dropped_one': '{{shown}} trade skipped',
  'tape.dropped_other': '{{shown}} trades skipped',
  'tape.dropped-explained': 'This window was too slow to show them. Candles and prices are not affected.',

  'chart.title': 'Chart',
  'chart.described':
    'Candle chart of {{instrument}}, {{interval}}. Arrow keys move it, plus and minus scale it.',
  'chart.loading': 'Loading candles of {{instrument}}…',
  'chart.empty': 'The venue has no candles for this instrument and interval.',
  'chart.retry': 'Try again',
  'chart.older': 'Loading older candles…',
  'chart.oldest': 'No older data at the venue',
  'chart.stale': 'Stale since {{time}} ({{age}}) — this chart is not live',
  'chart.countdown': 'Until this candle closes',
  'chart.hole_one': '{{count}} missing · {{length}}',
  'chart.hole_other': '{{count}} missing · {{length}}',
  'legend.open': 'O',
  'legend.high': 'H',
  'legend.low': 'L',
  'legend.close': 'C',
  'legend.volume': 'V',
  'legend.missing': 'candle missing',
  'legend.none': 'no candle',
  'legend.live': 'seen live',
  'legend.built': 'made here of trades',
  'legend.backfilled': 'backfilled',
  'legend.verified': 'verified',
  'legend.corrected': 'corrected',
  'provenance.missing_one': '{{count}} missing',
  'provenance.missing_other': '{{count}} missing',
  'provenance.repaired_one': '{{count}} repaired',
  'provenance.repaired_other': '{{count}} repaired',
  'provenance.built_one': '{{count}} made here',
  'provenance.built_other': '{{count}} made here',
  'provenance.explained':
    'Filled: seen live, or loaded as history. With a thin cap: made here of trades, or of silence, and not yet compared with the venue. Hollow: missed live and read from the venue afterwards. With a tick below: closed, then corrected. Hatched: missing.',
  'day.high': '24 h high',
  'day.low': '24 h low',
  'day.volume': '24 h volume',
  'day.funding': 'funding',

  'interval.title': 'Interval',
  'interval.more': 'More intervals',
  'interval.hint': 'Type digits anywhere: 15, 60, 4h, 1d',
  'interval.none': 'This venue has no “{{typed}}” candles',
  'interval.1s': '1 second',
  'interval.1m': '1 minute',
  'interval.3m': '3 minutes',
  'interval.5m': '5 minutes',
  'interval.10m': '10 minutes',
  'interval.15m': '15 minutes',
  'interval.30m': '30 minutes',
  'interval.1h': '1 hour',
  'interval.2h': '2 hours',
  'interval.4h': '4 hours',
  'interval.6h': '6 hours',
  'interval.8h': '8 hours',
  'interval.12h': '12 hours',
  'interval.1d': '1 day',
  'interval.3d': '3 days',
  'interval.1w': '1 week',
  'interval.1M': '1 month',
};
