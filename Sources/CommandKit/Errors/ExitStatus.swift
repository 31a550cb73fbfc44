/// What the process tells its caller. The numbers are the contract of docs/cli-output.md.
///
/// A command that has said all there is to say throws one to end with it: `throw ExitStatus.partly`.
public struct ExitStatus: Error, Sendable, Hashable {
    public let code: Int32

    private init(_ code: Int32) {
        self.code = code
    }

    public static let ok = ExitStatus(0)
    /// It failed, or an audit found differences or problems.
    public static let failed = ExitStatus(1)
    /// The command was not understood.
    public static let usage = ExitStatus(2)
    /// Some of it was done, or an audit could not be completed.
    public static let partly = ExitStatus(3)
    /// The hub does not accept this device.
    public static let notAuthorised = ExitStatus(4)
    /// The same command may succeed later.
    public static let temporary = ExitStatus(5)
    public static let noReplica = ExitStatus(10)
    /// Another process holds the file.
    public static let locked = ExitStatus(11)
    public static let interrupted = ExitStatus(130)
}

extension ExitStatus {
    /// The status of a number in the contract, nil for others.
    init?(known code: Int32) {
        let all: [ExitStatus] = [
            .ok, .failed, .usage, .partly, .notAuthorised, .temporary, .noReplica, .locked,
            .interrupted,
        ]
        guard let status = all.first(where: { $0.code == code }) else { return nil }
        self = status
    }
}
