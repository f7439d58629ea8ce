/** Runs foreign code so that its exception is reported but stops nobody else. */
export function shielded(run: () => void): void {
  try {
    run();
  } catch (thrown) {
    if (typeof reportError === "function") reportError(thrown);
    else console.error(thrown);
  }
}
