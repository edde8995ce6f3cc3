import { weaknessOf } from './passwords';

const rosa = { email: 'rosa.marin@sunrise-bakery.example', name: 'Rosa Marín' };

describe('a password', () => {
  it.each([
    ...['password1234', '12345678910', 'Passw0rd!', 'qwertyuiop12', 'fanfare123', 'iloveyou2'],
    ...['P@ssw0rd123', 'letmein2026', 'Monkey!23', 'welcome2024', 'admin12345', 'qwe123qwe123', 'aaaa1111'],
    ...[
      'abcabcabc',
      'asdf1234',
      '1qaz2wsx3edc',
      'passwordpassword',
      'Passwort123',
      'azertyuiop',
      'motdepasse',
    ],
    ...['fanfare2026!', 'F4nf4re!', '1q2w3e4r5t6y', 'trustno1!', '00000000', '19901990', 'hunter2hunter2'],
    ...['drowssap', 'zaq12wsx', 'football!1', 'Liverpool1', 'superman12', '密码密码密码密码'],
  ])('that everybody tries first is refused: %s', (password) => {
    expect(weaknessOf(password, rosa)).toMatch(/tries first|name of this platform|same few characters/);
  });

  it.each([
    ...[
      'rosa.marin@sunrise-bakery.example',
      'rosa.marin',
      'Rosa Marín',
      'rosamarin',
      'rosa1990',
      'Marín2026!',
    ],
    ...['sunrise-bakery', 'Rosa Mari\u0301n', 'SUNRISE2024'],
  ])('that is made of what everybody knows about the person is refused: %s', (password) => {
    expect(weaknessOf(password, rosa)).toMatch(/name or address|tries first/);
  });

  it.each([
    ...[
      'seven slow ovens',
      'eight slower ovens',
      'correct horse battery staple',
      'purple elephants dance slowly',
    ],
    ...['kX9#mQ2v', 'gh7Lw2pQ', 'x7$kdl2!vb', 'Tr0ub4dor&3x', 'woniu shi lu zou', '我的密码很长很长'],
    ...['un café crème à huit heures', 'rosa likes seven slow ovens'],
  ])('that takes long to guess is taken: %s', (password) => {
    expect(weaknessOf(password, rosa)).toBeUndefined();
  });

  it('is looked at only so far, whatever its length', () => {
    const worst = ['p@ssw0rd', '4@8({[</369&#!1/|0$5+7%2', 'a1', '13579'];
    for (const part of worst) weaknessOf(part.repeat(100).slice(0, 200), rosa);
    const cheap = process.cpuUsage();
    for (const part of worst) weaknessOf(part.repeat(100).slice(0, 200), rosa);
    const { user } = process.cpuUsage(cheap);
    expect(user / worst.length / 1000).toBeLessThan(100);
  });
});
