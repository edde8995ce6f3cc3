import * as fc from 'fast-check';

/**
 * Properties try the same examples in every run, so that a change is judged by what it changes. FC_SEED=random looks for
 * new counterexamples, FC_SEED=<number> tries those of another run.
 */
const { FC_SEED: seed = '20161121' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
