/// The failures that every program knows. Each takes its words from `Messages.errors`.
extension CommandFailure {
    public static func diskFull(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(path, "disk_full", words.diskFull, words.diskFullMend, cause: cause)
    }

    public static func readOnly(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(path, "read_only", words.readOnly, words.readOnlyMend, cause: cause)
    }

    public static func permissionDenied(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(
            path, "permission_denied", words.permissionDenied, words.permissionDeniedMend,
            cause: cause)
    }

    public static func fileNotFound(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(path, "file_not_found", words.fileNotFound, words.fileNotFoundMend, cause: cause)
    }

    public static func fileExists(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(path, "file_exists", words.fileExists, words.fileExistsMend, cause: cause)
    }

    /// The disk itself failed.
    public static func ioFailed(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(path, "io_failed", words.ioFailed, words.ioFailedMend, cause: cause)
    }

    public static func fileLocked(path: String, cause: (any Error)? = nil) -> CommandFailure {
        about(path, "locked", words.fileLocked, words.fileLockedMend, .locked, cause: cause)
    }

    /// - Parameter command: what makes a replica, e.g. `PROGRAM init`.
    public static func noReplica(path: String, command: String) -> CommandFailure {
        CommandFailure(
            "no_replica", words.noReplica.text(["path": path]),
            mend: words.noReplicaMend.text(["command": command]), status: .noReplica,
            facts: [.init("path", .string(path))])
    }

    public static func hubUnreachable(url: String, cause: (any Error)? = nil) -> CommandFailure {
        CommandFailure(
            "hub_unreachable", words.hubUnreachable.text(["url": url]),
            mend: words.hubUnreachableMend.text(), status: .temporary,
            facts: [.init("url", .string(url))], cause: cause)
    }

    public static func hubBusy(url: String, cause: (any Error)? = nil) -> CommandFailure {
        CommandFailure(
            "hub_busy", words.hubBusy.text(["url": url]), mend: words.hubBusyMend.text(),
            status: .temporary, facts: [.init("url", .string(url))], cause: cause)
    }

    /// - Parameter command: what joins anew, e.g. `PROGRAM join INVITE`.
    public static func notAuthorised(
        command: String, cause: (any Error)? = nil
    ) -> CommandFailure {
        CommandFailure(
            "not_authorised", words.notAuthorised.text(),
            mend: words.notAuthorisedMend.text(["command": command]), status: .notAuthorised,
            cause: cause)
    }

    public static func interrupted() -> CommandFailure {
        CommandFailure(
            "interrupted", words.interrupted.text(), mend: words.interruptedMend.text(),
            status: .interrupted)
    }

    static func outputFailed(_ failure: OutputFailure) -> CommandFailure {
        CommandFailure(
            "output_failed", words.outputFailed.text(["reason": failure.reason]),
            mend: words.outputFailedMend.text(), facts: [.init("errno", .int(Int(failure.number)))],
            cause: failure)
    }

    /// The last resort, for an error that nobody put into words.
    static func unexpected(_ error: any Error) -> CommandFailure {
        CommandFailure(
            "unexpected", words.unexpected.text(["detail": String(describing: error)]),
            mend: words.unexpectedMend.text(), cause: error)
    }

    private static var words: ErrorMessages { Messages.errors }

    /// A failure at a file: `message` has the place `{path}`.
    public static func about(
        _ path: String, _ code: Code, _ message: Message, _ mend: Message,
        _ status: ExitStatus = .failed, cause: (any Error)? = nil
    ) -> CommandFailure {
        CommandFailure(
            code, message.text(["path": path]), mend: mend.text(), status: status,
            facts: [.init("path", .string(path))], cause: cause)
    }
}
