import { ShownChoice, ShownId, ShownText } from '../http/answers';

export class AuthorView {
  @ShownChoice(['user', 'key', 'system']) readonly kind!: 'user' | 'key' | 'system';
  @ShownId({ nullable: true }) readonly id!: string | null;
  @ShownText({ nullable: true, description: 'Of the person or the API key.' }) readonly name!: string | null;
}
