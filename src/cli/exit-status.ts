/** What the command's exit status says. */
export const exitStatus = {
  done: 0,
  failed: 1,
  wrongArguments: 2,
  /** Done, but a file was skipped or a question refused. */
  incomplete: 3,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
