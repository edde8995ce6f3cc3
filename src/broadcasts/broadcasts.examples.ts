/** Requests that work when they are pasted: none names a date that will be past, or a tag that is not there. */
const text = { type: 'text', text: 'The first rye of the autumn is out of the oven. Doors open at seven.' };
const image = {
  type: 'image',
  url: 'https://bakery.example/rye.jpg',
  caption: 'Forty loaves, and then it is Monday.',
};
const articles = {
  type: 'articles',
  articles: [
    {
      title: 'Why rye needs a night',
      author: 'Rosa Marín',
      digest: 'Flour, water, salt, and patience.',
      body: '<p>Rye does not rise like wheat. It <em>waits</em>.</p>',
    },
  ],
};

export const CREATE_EXAMPLES = {
  now: { summary: 'Publish now', value: { content: text, schedule: { now: true } } },
  draft: { summary: 'Keep as a draft', value: { content: articles } },
  image: { summary: 'An image, for everyone', value: { content: image, audience: { everyone: true } } },
};

export const EDIT_EXAMPLES = {
  content: { summary: 'Say something else', value: { content: text } },
  audience: { summary: 'Address everyone', value: { audience: { everyone: true } } },
};

export const SCHEDULE_EXAMPLES = {
  now: { summary: 'Now', value: { now: true } },
  queue: { summary: 'At the next posting time with a free slot', value: { queue: true } },
};
