import CommandKit
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// Syncs whenever the hub or this device has something new, and again and again besides: a proxy
/// may hold back what the hub says. What may pass is tried again, with growing pauses; what will
/// not pass ends it.
struct SyncWatch {
    let open: OpenReplica
    let every: DurationArgument
    let isJSON: Bool

    /// No pause is longer: when the network is back, nobody waits longer than this.
    private static let pauseLimitSeconds = 15 * 60
    /// Pauses are varied by up to a fourth, so that devices do not knock all at once.
    private static let variation = 0.25

    func run() async throws {
        let console = Console.current
        if !isJSON {
            console.say(Messages.fieldSync.watching.text(["every": every.description]))
        }
        let signal = LiveSignal(open.replica)
        await signal.start()
        var failures = 0
        var asked = 0
        while !Task.isCancelled {
            do {
                await signal.answer()
                let summary = try await SyncSummary(
                    SyncRun(replica: open.replica).run(), of: open.replica)
                try show(summary, on: console)
                (failures, asked) = (0, 0)
            } catch {
                guard let failure = FailureWords.failure(for: error), failure.status == .temporary
                else { throw error }
                failures += 1
                asked = (failure.cause as? WireError)?.retryAfter ?? 0
                say(failure, on: console)
            }
            let pause = pause(after: failures, asked: asked)
            if failures > 0, !isJSON {
                console.say(Messages.fieldSync.retryIn.text(["n": Int(pause.rounded())]))
            }
            if failures > 0 {
                try await Task.sleep(for: .seconds(pause))
            } else {
                let pending = try open.replica.pendingCount()
                await signal.wait(pending: pending, atMost: .seconds(pause))
            }
        }
    }

    /// - Parameter asked: the seconds that the hub asks to wait, after a failure. Pulls may go on
    ///   before a push is taken again: so at most as long as any pause.
    private func pause(after failures: Int, asked: Int) -> Double {
        let least = max(every.seconds, 1)
        let limit = max(least, Self.pauseLimitSeconds)
        let doubled = min(least << min(failures, 10), limit)
        let share = Double.random(in: -Self.variation...Self.variation)
        let pause = Double(failures == 0 ? least : doubled) * (1 + share)
        return max(pause, Double(min(asked, limit)))
    }

    /// A sync that found nothing new is not worth a line.
    private func show(_ summary: SyncSummary, on console: Console) throws {
        if isJSON {
            console.print(summary.json.text())
        } else if summary.report.pushed + summary.report.pulled > 0 || !summary.notices.isEmpty {
            let now = open.localTime(milliseconds: Environment.system.nowMilliseconds())
            console.say("\(now)")
            summary.print(on: console)
        }
        guard summary.status == .ok || summary.status == .temporary else { throw summary.status }
    }

    private func say(_ failure: CommandFailure, on console: Console) {
        let now = open.localTime(milliseconds: Environment.system.nowMilliseconds())
        console.say(
            Messages.fieldSync.atTime.text(["time": now, "text": failure.message]))
    }
}
