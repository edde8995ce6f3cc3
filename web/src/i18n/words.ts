/** The words of another language: what it does not say (yet) is said in English. It may count in other forms. */
export type Words<English> = {
  readonly [Key in keyof English]?: English[Key] extends string ? string : Words<English[Key]>;
};
