private import Synchronization

/// How far a long work has come: one line on standard error that redraws itself.
///
/// Shown only on a terminal that can redraw, and gone when the work is done or when anything else
/// is printed. Time is the caller's, so that tests need no waiting.
///
///     let bar = ProgressBar(label: "同步", console: console)
///     bar.update(done: 120, total: 400, now: .now)
///     bar.clear()
public final class ProgressBar: Sendable {
    private let label: String
    private let console: Console
    private let lastDrawn = Mutex<ContinuousClock.Instant?>(nil)

    /// Ten pictures a second look steady and cost nothing.
    private static let interval = Duration.milliseconds(100)

    public init(label: String, console: Console = .current) {
        self.label = label.sanitised()
        self.console = console
    }

    /// Draws the state, unless it was drawn a tenth of a second ago and the work is not done.
    ///
    /// - Parameter total: nil while unknown; then only the count is shown.
    public func update(done: Int, total: Int?, now: ContinuousClock.Instant) {
        guard let columns = console.progressColumns else { return }
        let isDue = lastDrawn.withLock { last in
            if let last, now - last < Self.interval, done != total { return false }
            last = now
            return true
        }
        guard isDue else { return }
        // The last column stays free: some terminals break the line when it is written.
        console.showTransient(
            ProgressLine(label: label, done: done, total: total).text(columns: columns - 1))
    }

    /// Takes the line away.
    public func clear() {
        console.clearTransient()
    }
}
