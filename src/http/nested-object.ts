import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type, type TypeHelpOptions } from 'class-transformer';
import { IsDefined, IsObject, ValidateIf, ValidateNested } from 'class-validator';

/** Without IsDefined and IsObject a missing value or an array would pass as valid. */
export const NestedObject = (
  kind: (options?: TypeHelpOptions) => new () => object,
  options: { optional: boolean },
  schema: ApiPropertyOptions,
) =>
  applyDecorators(
    options.optional ? ValidateIf((_, value: unknown) => value !== undefined) : IsDefined(),
    IsObject(),
    ValidateNested(),
    Type(kind),
    ApiProperty({ ...schema, required: !options.optional } as ApiPropertyOptions),
  );
