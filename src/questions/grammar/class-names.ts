const classNames =
  /\b(?:year|season|period|generation|series|group|grade|level|class|stage|phase|tier|star|stars|round|week|month|quarter|floor|decade|edition|version|priority|severity|category|position)\b|年|级|季|月|期/i;

/** Whether numbers of a field so called name classes and measure nothing. */
export const namesClasses = (label: string): boolean => classNames.test(label);
