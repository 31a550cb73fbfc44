import NIOPosix

/// Threads on which the page may wait for the store: whatever it waits for, the calls of devices
/// have theirs.
final class PageThreads: TaskExecutor {
    static let shared = PageThreads()

    private static let count = 2
    private let pool = NIOThreadPool(numberOfThreads: count)

    private init() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Also in a pool that is shut down: a job is never dropped.
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
