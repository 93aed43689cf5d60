/** Jest reporter: one plain line at the very end that says what ran. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.stdout.write(
      `${results.numPassedTests} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`,
    );
  }
}
