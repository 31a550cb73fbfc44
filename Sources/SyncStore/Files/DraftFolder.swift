#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A folder that is filled beside its name and gets it when all is there. What is not finished is
/// removed, with the files in it.
package final class DraftFolder {
    /// The name that it gets.
    package let path: String
    /// What it is called until then. Mode 0700.
    package let draft: String
    /// Holds the draft; one that nobody holds is what a killed process left.
    private let lock: Int32
    private var isDone = false

    /// - Parameter isOwn: whether a file is one that such a folder is filled with: only a draft
    ///   with no others is begun anew.
    /// - Throws: `KeepingFault.used` unless there is nothing of that name, or an empty folder;
    ///   `KeepingFault.running`; `StoreError`.
    package init(_ path: String, isOwn: (String) -> Bool) throws {
        guard !FilePresence.exists(path) || Self.names(path)?.isEmpty ?? false else {
            throw KeepingFault.used(path: path)
        }
        let draft = path + ".part"
        guard mkdir(draft, 0o700) == 0 || errno == EEXIST else { throw StoreError.ofSystem(path) }
        lock = open(draft, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        (self.path, self.draft) = (path, draft)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            isDone = true
            if lock >= 0 { throw KeepingFault.running(path: path) }
            throw StoreError.ofSystem(path)
        }
        let left = Self.names(draft) ?? []
        guard left.allSatisfy(isOwn) else {
            isDone = true
            throw KeepingFault.used(path: draft)
        }
        for name in left { unlink(draft + "/" + name) }
    }

    deinit {
        if !isDone {
            for name in Self.names(draft) ?? [] { unlink(draft + "/" + name) }
            rmdir(draft)
        }
        if lock >= 0 { close(lock) }
    }

    /// Gives the folder its name, once what is in it is on disk.
    ///
    /// - Throws: `KeepingFault.used` if there is something of that name by now.
    package func finish() throws {
        for name in Self.names(draft) ?? [] { try PlainFile.sync(draft + "/" + name) }
        PlainFile.syncFolder(of: draft + "/")
        guard rename(draft, path) == 0 else {
            if errno == ENOTEMPTY || errno == EEXIST { throw KeepingFault.used(path: path) }
            throw StoreError.ofSystem(path)
        }
        isDone = true
        PlainFile.syncFolder(of: path)
    }

    /// What is in a folder; nil if it is none.
    package static func names(_ path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
