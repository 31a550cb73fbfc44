import SyncCore
import SyncProtocol
import Testing

@testable import SyncAudit

extension VerifyReport {
    /// Kind and place of each problem, as `verify --json` shows them.
    var lines: [String] { problems.map { "\($0.kind.rawValue) \($0.place.text)" } }

    var kinds: [VerifyProblem.Kind] { problems.map(\.kind) }

    /// A fact of the first problem of a kind.
    func fact(_ kind: VerifyProblem.Kind, _ label: ProblemEvidence.Label) -> String? {
        problems.first { $0.kind == kind }?.evidence.first { $0.label == label }?.text
    }
}

extension VerifyWorld {
    /// The position of a device's first batch.
    func position(of name: String) throws -> Int64 {
        let device = try device(name)
        return try #require(try journal().first { $0.leaf.device == device }).leaf.position
    }
}
