import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorator';
import { ShownCount, ShownText } from '../http/answers';
import { notFound } from './domain-error';
import { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from './problems';

export class ProblemView {
  @ShownText({ format: 'uri-reference' }) readonly type!: string;
  @ShownText() readonly title!: string;
  @ShownCount({ description: 'The HTTP status that it comes with.' }) readonly status!: number;
}

/** What the `type` of a problem document points to. */
@ApiTags('Documents')
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  @Public()
  @ApiOperation({ summary: 'What a kind of problem means' })
  @ApiParam({ name: 'code', example: 'quota-exhausted' })
  @ApiOkResponse({ type: ProblemView })
  explain(@Param('code') code: string): ProblemView {
    return problemView(code);
  }
}

function problemView(code: string): ProblemView {
  if (!isProblemCode(code)) throw notFound('problem');
  return { type: PROBLEM_TYPE_PREFIX + code, ...PROBLEMS[code] };
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
