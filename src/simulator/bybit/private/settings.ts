import { utcText } from '#shared/base/utc-text.ts';
import { Refusal } from '../query.ts';
import { badParameter, categoryAsked, coinNamed, type PrivateContext, refusalFor } from './context.ts';
import { rateOf } from './listings.ts';
import { walletRow } from './wallet.ts';

/** The account, its key and its settings. The simulated account is unified, one-way and cross. */

const DAY_MS = 86_400_000;
/** Keys bound to an address do not end, and still tell a day. */
const MEANINGLESS_DAY = '1970-01-01T00:00:00Z';

export function readWallet({ query, account, markets }: PrivateContext): unknown {
  if (query.text('accountType') !== 'UNIFIED') {
    throw badParameter('accountType only support UNIFIED.');
  }
  const only = query.text('coin')?.split(',');
  return { list: [walletRow(account, markets.get('spot'), only)] };
}

function isoOf(time: number): string {
  return `${utcText(time)}Z`;
}

/** What the key may do: `readOnly` overrules what its permissions list. */
export function readKey({ key, serverTime }: PrivateContext): unknown {
  const { isIpBound, expiresAt = serverTime + 90 * DAY_MS } = key;
  const wallet = [
    ...(key.transfer ? ['AccountTransfer', 'SubMemberTransfer'] : []),
    ...(key.withdraw ? ['Withdraw'] : []),
  ];
  return {
    id: '13770661',
    note: key.name,
    apiKey: key.apiKey,
    readOnly: key.trade ? 0 : 1,
    secret: '',
    permissions: {
      ContractTrade: key.read ? ['Order', 'Position'] : [],
      Spot: key.read ? ['SpotTrade'] : [],
      Wallet: wallet,
      Options: [],
      Derivatives: key.read ? ['DerivativesTrade'] : [],
      CopyTrading: [],
      BlockTrade: [],
      Exchange: [],
      NFT: [],
      Affiliate: [],
      Earn: [],
    },
    ips: isIpBound ? ['127.0.0.1'] : ['*'],
    type: 1,
    deadlineDay: isIpBound ? 0 : Math.max(0, Math.floor((expiresAt - serverTime) / DAY_MS)),
    expiredAt: isIpBound ? MEANINGLESS_DAY : isoOf(expiresAt),
    createdAt: isoOf(serverTime - 30 * DAY_MS),
    unified: 0,
    uta: 1,
    userID: 24_617_703,
    inviterID: 0,
    vipLevel: 'No VIP',
    mktMakerLevel: '0',
    affiliateID: 0,
    rsaPublicKey: '',
    isMaster: true,
    parentUid: '0',
    kycLevel: 'LEVEL_DEFAULT',
    kycRegion: '',
  };
}

export function readAccount({ serverTime }: PrivateContext): unknown {
  return {
    unifiedMarginStatus: 5,
    marginMode: 'REGULAR_MARGIN',
    isMasterTrader: false,
    spotHedgingStatus: 'OFF',
    updatedTime: String(serverTime - DAY_MS),
    dcpStatus: 'OFF',
    timeWindow: 10,
    smpGroup: 0,
  };
}

export function readFees(context: PrivateContext): unknown {
  const { query, markets, desk } = context;
  const category = categoryAsked(context);
  if (!category) return { category: query.family(), list: [] };
  const symbol = query.text('symbol') === undefined ? undefined : coinNamed(context, category).symbol;
  const list = (markets.get(category)?.instruments.coins ?? [])
    .filter((coin) => symbol === undefined || coin.symbol === symbol)
    .map((coin) => ({
      symbol: coin.symbol,
      baseCoin: category === 'spot' ? coin.base : '',
      takerFeeRate: rateOf(desk, category, false),
      makerFeeRate: rateOf(desk, category, true),
    }));
  return { category, list };
}

export function setLeverage(context: PrivateContext): unknown {
  const { query, desk, account } = context;
  if (categoryAsked(context) !== 'linear') throw badParameter('Category is invalid');
  const { symbol } = coinNamed(context, 'linear');
  const [buy, sell] = [query.text('buyLeverage'), query.text('sellLeverage')];
  if (buy === undefined || buy !== sell || !/^\d{1,3}(?:\.\d{1,2})?$/.test(buy)) {
    throw badParameter('buy leverage invalid');
  }
  const at = { category: 'linear', symbol };
  if (account.leverageOf(at) === Number(buy)) throw new Refusal(110043, 'leverage not modified');
  const refused = desk.setLeverage(account, at, Number(buy));
  if (refused?.refused === 'invalid')
    throw new Refusal(110013, 'cannot set leverage gt maxLeverage by risk limit');
  if (refused) throw refusalFor(refused, 'linear');
  return {};
}

export function switchMode(context: PrivateContext): unknown {
  const mode = context.query.integer('mode');
  if (mode === 0) throw new Refusal(110025, 'Position mode is not modified');
  if (mode !== 3) throw badParameter('mode is invalid');
  throw new Refusal(110024, 'You have an existing position, so the position mode cannot be switched');
}
