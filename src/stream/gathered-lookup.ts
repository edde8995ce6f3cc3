interface Asked<Answer> {
  readonly answer: Promise<Answer>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Answers many with few queries: whoever asks while as many lookups as there may be are under way is gathered, and is
 * asked for together with the others as soon as one of them ends. Those who wait for the same share the answer. A thousand
 * clients that come back at once take a few connections, and not for long.
 */
export class GatheredLookup<Question, Answer> {
  private readonly waiting = new Map<Question, Asked<Answer>>();
  private underWay = 0;

  /**
   * @param lookUp answers all of the questions, in their order; when it fails, it has failed for all of them
   * @param places how many lookups may be under way
   * @param size how many questions a lookup takes
   */
  constructor(
    private readonly lookUp: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly places: number,
    private readonly size: number,
  ) {}

  ask(question: Question): Promise<Answer> {
    const same = this.waiting.get(question);
    if (same) return same.answer;
    const asked = ask<Answer>();
    this.waiting.set(question, asked);
    void this.goOn();
    return asked.answer;
  }

  private async goOn(): Promise<void> {
    if (this.underWay === this.places) return;
    this.underWay += 1;
    await Promise.resolve(); // what is asked in the same turn goes together
    while (this.waiting.size > 0) await this.answer(this.next());
    this.underWay -= 1;
  }

  private next(): [Question, Asked<Answer>][] {
    const next = [...this.waiting].slice(0, this.size);
    for (const [question] of next) this.waiting.delete(question);
    return next;
  }

  private async answer(group: readonly [Question, Asked<Answer>][]): Promise<void> {
    try {
      const answers = await this.lookUp(group.map(([question]) => question));
      group.forEach(([, { resolve }], place) => {
        resolve(answers[place] as Answer);
      });
    } catch (error) {
      for (const [, { reject }] of group) reject(error);
    }
  }
}

function ask<Answer>(): Asked<Answer> {
  let settle: Pick<Asked<Answer>, 'resolve' | 'reject'> | undefined;
  const answer = new Promise<Answer>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { answer, ...(settle as unknown as Pick<Asked<Answer>, 'resolve' | 'reject'>) };
}
