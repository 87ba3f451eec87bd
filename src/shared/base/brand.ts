declare const brand: unique symbol;

/** A value that only its one minting function can make: `Brand<string, 'InstrumentId'>`. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
