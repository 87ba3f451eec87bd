import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';
import { errorText } from '../i18n/text-for.ts';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly fault: unknown;
}

/** Keeps a panel that fails to draw from taking the desk with it (React has no other way than a class). */
export class PanelBoundary extends Component<Props, State> {
  override state: State = { fault: undefined };

  static getDerivedStateFromError(fault: unknown): State {
    return { fault: fault ?? 'unknown' };
  }

  override render(): ReactNode {
    if (this.state.fault === undefined) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <div className="panel-fault" role="alert">
            <strong>{t('boundary.what')}</strong>
            <p>{errorText(this.state.fault)}</p>
            <p>{t('boundary.means')}</p>
            <button type="button" className="button" onClick={() => this.setState({ fault: undefined })}>
              {t('boundary.again')}
            </button>
          </div>
        )}
      </Translation>
    );
  }
}
