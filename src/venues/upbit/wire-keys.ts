/** What a field is called: in full (format `DEFAULT`) or short (`SIMPLE`). */
export interface WireKeys {
  readonly code: string;
  readonly timestamp: string;
  readonly price: string;
  readonly quantity: string;
  readonly side: string;
  readonly tradeTime: string;
  readonly id: string;
  readonly units: string;
  readonly askPrice: string;
  readonly bidPrice: string;
  readonly askQuantity: string;
  readonly bidQuantity: string;
  readonly level: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly volume24h: string;
  readonly quoteVolume24h: string;
  readonly state: string;
  readonly suspended: string;
  readonly candleTime: string;
  readonly candleVolume: string;
}

export const DEFAULT_KEYS: WireKeys = {
  code: 'code',
  timestamp: 'timestamp',
  price: 'trade_price',
  quantity: 'trade_volume',
  side: 'ask_bid',
  tradeTime: 'trade_timestamp',
  id: 'sequential_id',
  units: 'orderbook_units',
  askPrice: 'ask_price',
  bidPrice: 'bid_price',
  askQuantity: 'ask_size',
  bidQuantity: 'bid_size',
  level: 'level',
  open: 'opening_price',
  high: 'high_price',
  low: 'low_price',
  volume24h: 'acc_trade_volume_24h',
  quoteVolume24h: 'acc_trade_price_24h',
  state: 'market_state',
  suspended: 'is_trading_suspended',
  candleTime: 'candle_date_time_utc',
  candleVolume: 'candle_acc_trade_volume',
};

export const SIMPLE_KEYS: WireKeys = {
  code: 'cd',
  timestamp: 'tms',
  price: 'tp',
  quantity: 'tv',
  side: 'ab',
  tradeTime: 'ttms',
  id: 'sid',
  units: 'obu',
  askPrice: 'ap',
  bidPrice: 'bp',
  askQuantity: 'as',
  bidQuantity: 'bs',
  level: 'lv',
  open: 'op',
  high: 'hp',
  low: 'lp',
  volume24h: 'atv24h',
  quoteVolume24h: 'atp24h',
  state: 'ms',
  suspended: 'its',
  candleTime: 'cdttmu',
  candleVolume: 'catv',
};
