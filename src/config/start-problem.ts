/** What keeps a server from starting and a person can put right: its message alone is printed, without a stack. */
export class StartProblem extends Error {}
