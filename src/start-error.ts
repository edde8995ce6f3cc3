/** A start that failed for a reason which the operator can mend. The message says which; a stack would only hide it. */
export class StartError extends Error {}
