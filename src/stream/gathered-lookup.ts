interface Asker<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Answers many with few queries: whoever asks while as many lookups as there may be are under way is gathered, and is
 * asked for together with the others as soon as one of them ends. Those who wait for the same share the answer. A thousand
 * clients that come back at once take a few connections, and not for long.
 */
export class GatheredLookup<Question, Answer> {
  private readonly waiting = new Map<Question, Asker<Answer>[]>();
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
    return new Promise((resolve, reject) => {
      const asker = { resolve, reject };
      const same = this.waiting.get(question);
      if (same) same.push(asker);
      else this.waiting.set(question, [asker]);
      void this.goOn();
    });
  }

  private async goOn(): Promise<void> {
    if (this.underWay === this.places) return;
    this.underWay += 1;
    await Promise.resolve(); // what is asked in the same turn goes together
    while (this.waiting.size > 0) await this.answer(this.next());
    this.underWay -= 1;
  }

  private next(): Map<Question, Asker<Answer>[]> {
    const next = new Map<Question, Asker<Answer>[]>();
    for (const [question, askers] of this.waiting) {
      if (next.size === this.size) break;
      next.set(question, askers);
      this.waiting.delete(question);
    }
    return next;
  }

  private async answer(asked: ReadonlyMap<Question, readonly Asker<Answer>[]>): Promise<void> {
    const askers = [...asked.values()];
    try {
      const answers = await this.lookUp([...asked.keys()]);
      askers.forEach((same, place) => {
        for (const { resolve } of same) resolve(answers[place] as Answer);
      });
    } catch (error) {
      for (const { reject } of askers.flat()) reject(error);
    }
  }
}
