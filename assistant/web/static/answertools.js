// What can be done with a whole answer.

export function answerTools() {
  return null;
}
