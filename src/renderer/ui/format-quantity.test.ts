import { expect, it } from 'vitest';
import { formatQuantity, formatScaledQuantity } from './format-quantity.ts';

const won = { quote: 'KRW', quantityScale: 8 };
const dollars = { quote: 'USDT', quantityScale: 3 };

it('shows a quantity to the digit that is still worth something', () => {
  expect([
    formatQuantity(won, 0.0019222, 119_000_000),
    formatQuantity(won, 0.12469399, 5_850_000),
    formatQuantity(won, 632.4738, 2_127),
    formatQuantity(won, 100_154.8306, 265),
    formatQuantity(dollars, 0.082, 82_647),
    formatQuantity({ quote: 'BTC', quantityScale: 4 }, 1.5, 0.05),
  ]).toEqual(['0.001922', '0.12469', '632.5', '100,155', '0.082', '1.5000']);
});

it('calls nothing zero that is not', () => {
  expect([
    formatQuantity(won, 0.3, 265),
    formatQuantity(won, 0.00000012, 119_000_000),
    formatQuantity(won, 0, 265),
    formatQuantity(won, 0.6, 265),
    formatQuantity(undefined, 0.00000012, 1),
    formatQuantity(won, Number.NaN, 265),
  ]).toEqual(['0.3', '0.0000001', '0', '1', '0.00000012', '—']);
});

it('leaves exact levels alone where no digit is too many, or the price is not known', () => {
  expect([
    formatScaledQuantity(dollars, 82, 3, 82_647),
    formatScaledQuantity(won, 192_220, 8, Number.NaN),
    formatScaledQuantity(won, 192_220, 8, 119_000_000),
    formatScaledQuantity(undefined, 192_220, 8, 119_000_000),
  ]).toEqual(['0.082', '0.00192220', '0.001922', '0.00192220']);
});
