import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { Caller, ForAdmins } from './access.decorator';
import type { Principal } from './principal';
import { ChangeUserRequest, SignedUpUserView, UsersQuery } from './users.dto';
import { Users } from './users.service';

@ApiTags('Admin: people and keys')
@ForAdmins()
@Controller('admin/users')
export class AdminUsersController {
  constructor(private readonly users: Users) {}

  @Get()
  @ApiOperation({ summary: 'Everybody who has signed up, by e-mail address' })
  @ApiPage(SignedUpUserView)
  list(@Query() query: UsersQuery): Promise<Page<SignedUpUserView>> {
    return this.users.list(query);
  }

  @Patch(':userId')
  @ApiOperation({ summary: 'Make somebody an admin, or a marketer again' })
  @ApiOkResponse({ type: SignedUpUserView })
  change(
    @Caller() caller: Principal,
    @Param('userId', PathId) userId: string,
    @Body() { role }: ChangeUserRequest,
  ): Promise<SignedUpUserView> {
    return this.users.changeRole(caller, userId, role);
  }
}
