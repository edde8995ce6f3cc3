import { registerDecorator } from 'class-validator';
import { parseInstant, RFC_3339 } from './schedule-time';

/** For a text that has the form of an instant already: no calendar has the 30th of February, and no day the hour 24. */
export function IsExistingInstant(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'existingInstant',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: 'there is no such instant as $value' },
      validator: {
        validate: (value) =>
          typeof value !== 'string' || !RFC_3339.test(value) || parseInstant(value) !== undefined,
      },
    });
  };
}
