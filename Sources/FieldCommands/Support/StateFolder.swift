import CommandKit
import SyncStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#endif

/// Small things that the program remembers from one command to the next, outside the replica: which
/// rows the last list showed. Losing them costs nothing.
struct StateFolder {
    private let path: String?

    /// `XDG_STATE_HOME`, else `~/.local/state` (XDG Base Directory Specification).
    init(_ environment: ProcessEnvironment = .process) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            path = state + "/fieldsync"
        } else {
            path = environment["HOME"].map { $0 + "/.local/state/fieldsync" }
        }
    }

    /// Nil if there is no such file, or none that can be read.
    func read(_ name: String) -> [UInt8]? {
        guard let path, FilePresence.exists("\(path)/\(name)") else { return nil }
        return try? FileBytes.read("\(path)/\(name)")
    }

    /// Writes beside and renames, so that a reader never sees half of it.
    ///
    /// - Returns: false where nothing can be written: a medium that is read-only.
    func write(_ bytes: [UInt8], as name: String) -> Bool {
        guard let path, (try? FilePresence.makeFolder(path)) != nil else { return false }
        let fresh = "\(path)/\(name).\(getpid())"
        unlink(fresh)
        guard (try? FileBytes.create(bytes, at: fresh)) == true else { return false }
        guard rename(fresh, "\(path)/\(name)") == 0 else {
            unlink(fresh)
            return false
        }
        return true
    }
}
