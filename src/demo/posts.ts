import type { Content } from '../broadcasts/content';

/** A week of three brands, in the languages of the people who read them. */

export const EARLY_BIRDS = 'madrugadores';

export const BAKERY = {
  rye: {
    type: 'text',
    text:
      'Buenos días. El centeno de la primera molienda ya está en el horno: cuarenta hogazas, corteza oscura, miga ' +
      'húmeda, y ni una más hasta la semana que viene. Abrimos a las siete. Para quien llegue tarde siempre quedan ' +
      'café y conversación.',
  },
  earlyTray: {
    type: 'image',
    url: '/demo/first-tray.svg',
    caption:
      'Para quienes llegáis antes que la luz: la primera bandeja de cruasanes sale a las 6:20. Dad dos golpes en la ' +
      'puerta de atrás y os abrimos.',
  },
  slowBread: {
    type: 'articles',
    articles: [
      {
        title: 'Why rye needs a night',
        author: 'Rosa Marín',
        digest: 'Flour, water, salt, and patience.',
        coverUrl: '/demo/rye.svg',
        body:
          '<p lang="en">Rye does not rise like wheat. It has little gluten to hold on to, so it <em>waits</em>: twelve ' +
          'hours in a cool cellar, until the dough smells of apples and the back of a spoon leaves a mark that stays.</p>' +
          '<p lang="en">We have tried to hurry it. The loaf was flat, and so was the mood.</p>',
      },
      {
        title: 'Le pain de la veille ne se jette pas',
        author: 'Mathilde Etcheverry',
        digest: 'Trois façons de le faire revenir à table.',
        body:
          '<p lang="fr">Frotté d’ail et de tomate, trempé dans une soupe d’oignons, ou doré au beurre avec une cuillère ' +
          'de miel : le pain d’hier a plus d’avenir que celui d’aujourd’hui.</p>',
      },
    ],
  },
  workshop: {
    type: 'text',
    text:
      'El sábado a las diez enseñamos a hacer masa madre. Doce plazas, harina incluida. Traed un tarro con tapa y las ' +
      'uñas cortas.',
  },
  cherryCake: {
    type: 'text',
    text:
      'Chers voisins de l’autre côté du pont : dimanche, le gâteau basque est à la cerise noire d’Itxassou. Nous en ' +
      'faisons trente. Réservez au comptoir, et ne demandez pas la recette : elle est à ma belle-mère.',
  },
} as const satisfies Record<string, Content>;

/** One a day, the first one today. */
export const LIBRARY = [
  {
    type: 'text',
    text:
      'Heute lesen um 19 Uhr Nachbarinnen aus den Büchern vor, die sie nie zurückgeben wollten. Im Lesesaal bleibt es ' +
      'still, im Foyer nicht. Die Mahngebühren erlassen wir.',
  },
  {
    type: 'text',
    text:
      'في الخامسة من مساء اليوم نقرأ حكايات «كليلة ودمنة» للأطفال وآبائهم، بالعربية أولًا ثم بالألمانية. الدخول حرّ، ' +
      'والشاي علينا.',
  },
  {
    type: 'image',
    url: '/demo/found-in-books.svg',
    caption:
      'Found in returned books this month: eleven bus tickets, a pressed gentian and one love letter. The tickets are in ' +
      'the box at the desk. The letter is waiting, unread, for whoever wrote it.',
  },
  {
    type: 'text',
    text:
      'आज शाम छह बजे हिन्दी पाठक मंडल मिलेगा। इस बार की कहानी है प्रेमचंद की ‘ईदगाह’: बीस पन्ने, और एक चिमटा जो भुलाए नहीं भूलता। ' +
      'पहली बार आने वालों के लिए कुर्सियाँ अलग रखी हैं।',
  },
  {
    type: 'articles',
    articles: [
      {
        title: 'Le livre que personne n’emprunte',
        author: 'Jonas Keller',
        digest: 'Rayon 551, troisième étagère, depuis 1974.',
        body:
          '<p lang="fr">C’est un traité des brouillards du Neckar. Sa fiche ne porte aucune date. Nous l’avons ouvert : les ' +
          'gravures sont si douces qu’on baisse la voix. Qui sera le premier ?</p>',
      },
    ],
  },
  {
    type: 'text',
    text: '三百册中文童书今天上架，就在二楼靠窗的矮架上。孩子够得着，大人得蹲下来——我们觉得这样正好。',
  },
  {
    type: 'text',
    text:
      'Hoy cerramos a las dos para contar los libros. Los contamos uno a uno, en voz alta, y siempre sobra alguno. Si es ' +
      'suyo, vuelva mañana.',
  },
] as const satisfies readonly Content[];

/** An object a day, the first one today. */
export const MUSEUM = [
  {
    type: 'image',
    url: '/demo/tide-table.svg',
    caption:
      '今日の一点：昭和初期の潮見表。漁師が鉛筆で書き込んだ印は、九十年たった今も二分とずれていません。一階、窓ぎわの展示ケースにて。',
  },
  {
    type: 'text',
    text:
      'Object of the day: a glass float that crossed the Pacific without a crew. It left Hokkaido around 1950 and came ' +
      'ashore in Oregon sixty years later. Hold it to the light: the air inside is older than most of our visitors.',
  },
  {
    type: 'image',
    url: '/demo/name-board.svg',
    caption:
      '今日一物：一块刻着船名的木牌。船早已不在，名字还在。请在退潮时到临海的长廊来看它，那时影子正好落在“归”字上。',
  },
  {
    type: 'articles',
    articles: [
      {
        title: '満月の夜間開館',
        author: '森川 遥',
        digest: '月が昇る夜は、二十二時まで。',
        body: '<p lang="ja">満月の夜、当館は二十二時まで開いています。照明は半分に落とします。<ruby>潮<rt>しお</rt></ruby>の音がよく聞こえますように。</p>',
      },
      {
        title: 'Open late when the moon is full',
        author: '森川 遥',
        body: '<p lang="en">We dim half of the lights so that you can hear the water under the floor. Bring a coat.</p>',
      },
    ],
  },
] as const satisfies readonly Content[];

/** The pictures lie beside the product's own pages, so that they are there without the internet. */
export function pictured(content: Content, address: string): Content {
  if (content.type === 'image') return { ...content, url: `${address}${content.url}` };
  if (content.type === 'text') return content;
  const articles = content.articles.map(({ coverUrl, ...article }) => ({
    ...article,
    ...(coverUrl !== undefined && { coverUrl: `${address}${coverUrl}` }),
  }));
  return { ...content, articles };
}

/** The line by which people recognise a broadcast. */
export function headlineOf(content: object | null): string {
  const { text, caption, articles } = (content ?? {}) as {
    text?: string;
    caption?: string;
    articles?: readonly { title: string }[];
  };
  return text ?? caption ?? articles?.map(({ title }) => title).join(' · ') ?? '(recalled)';
}
