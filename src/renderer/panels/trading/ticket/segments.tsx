interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly title?: string | undefined;
  readonly isDisabled?: boolean;
}

interface SegmentsProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly isLegendShown?: boolean;
  readonly value: Value;
  readonly options: readonly Segment<Value>[];
  readonly onChoose: (value: Value) => void;
}

/** One of a few, side by side. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  return (
    <fieldset className="segments" data-segments={props.name}>
      <legend className={props.isLegendShown ? '' : 'sr-only'}>{props.legend}</legend>
      {props.options.map(({ value, label, title, isDisabled = false }) => (
        <label key={value} className="segment" data-value={value} title={title}>
          <input
            type="radio"
            name={`ticket-${props.name}`}
            value={value}
            checked={value === props.value}
            disabled={isDisabled}
            onChange={() => props.onChoose(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
