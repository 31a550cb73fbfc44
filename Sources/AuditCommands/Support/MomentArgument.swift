import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore
import SyncStore

/// `PATH@MOMENT`: a log as it stood at a moment.
struct MomentArgument {
    let path: String
    /// Nil: the log's end.
    let moment: String?

    private static let words = Messages.auditDiff

    /// The two sides, if a person means two moments of one log.
    ///
    /// - Throws: `CommandFailure` for what looks like a moment and is none, or of two logs.
    static func pair(_ a: String, _ b: String) throws -> (MomentArgument, MomentArgument)? {
        let (first, second) = (try MomentArgument(a), try MomentArgument(b))
        guard first.moment != nil || second.moment != nil else { return nil }
        let paths = [first.path, second.path].map { path in
            // A slash comes from completion; a folder is its file.
            let plain = path.hasSuffix("/") ? String(path.dropLast()) : path
            guard !AuditSource.isAddress(path) else { return plain }
            return FilePresence.resolved(
                FilePresence.isFolder(plain) ? plain + "/hub.sqlite" : plain)
        }
        guard paths[0] == paths[1] else {
            throw CommandFailure(
                "two_logs", words.momentTwoLogs.text(),
                mend: words.momentTwoLogsMend.text(["path": first.path]), status: .usage)
        }
        return (first, second)
    }

    private init(_ text: String) throws {
        // A name may hold the sign itself.
        guard !FilePresence.exists(text), let sign = text.lastIndex(of: "@") else {
            (path, moment) = (text, nil)
            return
        }
        let (path, moment) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
        // `https://name@host` is an address.
        let isLog =
            AuditSource.isAddress(path) ? Self.isMoment(moment) : FilePresence.exists(path)
        guard isLog else {
            (self.path, self.moment) = (text, nil)
            return
        }
        guard Self.isMoment(moment) else {
            throw CommandFailure(
                "moment_unknown",
                Self.words.momentUnknown.text(["text": moment, "path": path]),
                mend: Self.words.momentUnknownMend.text(), status: .usage)
        }
        (self.path, self.moment) = (path, moment)
    }

    private static func isMoment(_ text: String) -> Bool {
        Int64(text) != nil || Shift(text) != nil || RFC3339.utcSeconds(text) != nil
            || FilePresence.isFile(text)
    }

    /// - Throws: `CheckpointFileFault`, `StoreError`.
    func read(in zone: ZoneRules) throws -> LogMoment {
        guard let moment else { return .end }
        if let position = Int64(moment) { return .position(position) }
        if let shift = Shift(moment) {
            return .receivedBefore(shift.utcSeconds(in: zone).upperBound * 1_000)
        }
        if let seconds = RFC3339.utcSeconds(moment) { return .receivedBefore(seconds * 1_000) }
        return .checkpoint(name: moment, try Checkpoint.read(moment))
    }
}

extension MomentFault {
    /// In words, with the exit code of an audit that could not be completed.
    var failure: CommandFailure {
        let words = Messages.auditDiff
        let (code, message, mend): (CommandFailure.Code, Message, Message) =
            switch kind {
            case .notALog: ("not_a_log", words.momentNotALog, words.momentNotALogMend)
            case .hubKeyDiffers:
                ("hub_key_differs", words.momentOtherKey, words.momentOtherKeyMend)
            case .beyondTheEnd: ("beyond_the_end", words.momentBeyond, words.momentBeyondMend)
            case .notOfThisLog: ("log_rewritten", words.momentForeign, words.momentForeignMend)
            case .notReplayable: ("not_replayable", words.momentBroken, words.momentBrokenMend)
            }
        let facts: Message.Values =
            switch kind {
            case .notALog, .hubKeyDiffers: ["name": name]
            case .beyondTheEnd(let size): ["name": name, "size": size]
            case .notOfThisLog(let checkpoint): ["name": name, "checkpoint": checkpoint]
            case .notReplayable(let after): ["name": name, "after": after]
            }
        return CommandFailure(
            code, message.text(facts), mend: mend.text(facts),
            status: ["log_rewritten", "hub_key_differs"].contains(code) ? .failed : .partly,
            facts: [.init("name", .string(name))], cause: self)
    }
}
