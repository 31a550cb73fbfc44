import CommandKit
import SyncAudit
import SyncCore

/// Why a proof cannot be made or does not hold, in words.
enum ProofWords {
    private static let words = Messages.auditProof

    static func failure(
        _ fault: ProofMakingFault, of key: RecordKey, in file: AuditFile
    ) -> CommandFailure {
        switch fault {
        case .notLogged:
            CommandFailure(
                "not_logged",
                words.notLogged.text(["record": "\(key.collection)/\(key.id.hex)"]),
                mend: words.notLoggedMend.text(), cause: fault)
        case .noHub:
            CommandFailure(
                "no_hub", words.noHub.text(["path": file.name]), mend: words.noHubMend.text(),
                cause: fault)
        case .broken(let fault):
            CommandFailure(
                "log_broken",
                words.broken.text([
                    "path": file.name, "kind": fault.kind.rawValue, "place": fault.place,
                ]), mend: words.brokenMend.text(),
                facts: [
                    .init("kind", .string(fault.kind.rawValue)),
                    .init("where", .string(fault.place)),
                ], cause: fault)
        }
    }

    static func reason(_ fault: ProofFault) -> String {
        switch fault.kind {
        case .form: words.form.text()
        case .notCanonical: words.notCanonical.text()
        case .tooLarge: words.tooLarge.text()
        case .head: words.head.text()
        case .headMissing: words.headMissing.text()
        case .leaf: words.leaf.text()
        case .signature: words.signature.text()
        case .notIncluded: words.notIncluded.text()
        case .device: words.device.text()
        case .notNamed: words.notNamed.text()
        case .order: words.order.text()
        case .empty: words.empty.text()
        }
    }

    static func json(_ fault: ProofFault) -> JSONOutput {
        [
            "ok": false,
            "problem": [
                "kind": .string(fault.kind.rawValue), "where": .string(fault.place),
                "detail": .string(reason(fault)),
            ],
        ]
    }
}
