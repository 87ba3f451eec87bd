import { assertNever } from '#shared/base/assert-never.ts';
import { AboutBlock, FilesBlock, TradingBlock, VenuesBlock } from './blocks.tsx';
import { HotkeysBlock } from './hotkeys-block.tsx';
import { NumberSetting } from './number-setting.tsx';
import { AddressSetting, ChoiceSetting, SwitchSetting } from './plain-settings.tsx';
import { ProfileBox } from './profile-box.tsx';
import type { SettingField } from './setting-fields.ts';
import { TransferBlock } from './transfer-block.tsx';

/** One setting, or what stands in its place. */
export function SettingView({ field }: { readonly field: SettingField }) {
  switch (field.kind) {
    case 'number':
      return <NumberSetting field={field} />;
    case 'choice':
      return <ChoiceSetting field={field} />;
    case 'switch':
      return <SwitchSetting field={field} />;
    case 'address':
      return <AddressSetting field={field} />;
    case 'block':
      return <Block id={field.id} />;
    default:
      return assertNever(field);
  }
}

function Block({ id }: { readonly id: string }) {
  switch (id) {
    case 'profile':
      return <ProfileBox />;
    case 'trading':
      return <TradingBlock />;
    case 'venues':
      return <VenuesBlock />;
    case 'hotkeys':
      return <HotkeysBlock />;
    case 'files':
      return <FilesBlock />;
    case 'transfer':
      return <TransferBlock />;
    default:
      return <AboutBlock />;
  }
}
