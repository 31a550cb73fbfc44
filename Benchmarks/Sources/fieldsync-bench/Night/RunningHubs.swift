import Dispatch
import Foundation
import Synchronization

/// The hubs that run for a measure: they end with it, also where it is broken off.
enum RunningHubs {
    private static let pids = Mutex<Set<Int32>>([])

    static func add(_ pid: Int32) { pids.withLock { _ = $0.insert(pid) } }
    static func remove(_ pid: Int32) { pids.withLock { _ = $0.remove(pid) } }

    private static func endAll() {
        pids.withLock { for pid in $0 { kill(pid, SIGTERM) } }
    }

    /// From now on a signal that ends this program ends its hubs first.
    static func endOnSignals() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                source.cancel()  // and so the handler keeps its source alive
                endAll()
                exit(128 + number)
            }
            source.resume()
        }
    }
}
