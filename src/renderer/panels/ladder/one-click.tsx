import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { Popover } from '../../ui/popover.tsx';

/** Whether a click orders at once: always said, by a coloured word. Switched on only past its warning. */
export function OneClick() {
  const { t } = useTranslation();
  const { ladder, settings } = useDesk();
  const isOn = useStore(settings.store, ({ trading }) => trading.oneClick);
  const change = (oneClick: boolean) => {
    ladder.drop();
    settings.change({ trading: { ...settings.store.getState().trading, oneClick } });
  };
  if (isOn) {
    return (
      <button
        type="button"
        className="button ladder-mode"
        data-mode="one-click"
        title={t('ladder.one-click-off')}
        data-testid="ladder-mode"
        onClick={() => change(false)}
      >
        {t('ladder.one-click')}
      </button>
    );
  }
  return (
    <Popover
      label={t('ladder.mode')}
      testId="ladder-mode"
      buttonClass="button ladder-mode"
      button={t('ladder.confirms')}
    >
      {(close) => (
        <div className="ladder-warning" data-testid="one-click-warning">
          <p>
            <strong>{t('ladder.one-click-title')}</strong>
          </p>
          <p>{t('ladder.one-click-means')}</p>
          <div className="dialog-actions">
            <button type="button" className="button" onClick={close}>
              {t('ladder.one-click-leave')}
            </button>
            <button
              type="button"
              className="button button-bad"
              data-testid="one-click-on"
              onClick={() => {
                close();
                change(true);
              }}
            >
              {t('ladder.one-click-on')}
            </button>
          </div>
        </div>
      )}
    </Popover>
  );
}
