import CommandKit
import OutreachSchema
package import SyncAudit

/// A verification's findings in the person's language.
package enum VerifyWords {
    private static let words = Messages.auditVerify

    /// One line: kind, place, what is wrong, and by which facts one sees it.
    package static func line(_ problem: VerifyProblem) -> String {
        let facts = facts(problem)
        return words.line.text([
            "kind": problem.kind.rawValue, "place": place(problem.place),
            "text": message(problem.kind).text(),
            "evidence": facts.isEmpty ? "" : words.evidence.text(["facts": facts]),
        ])
    }

    /// What is wrong, without kind and place.
    package static func detail(_ problem: VerifyProblem) -> String {
        let facts = facts(problem)
        let text = message(problem.kind).text()
        return facts.isEmpty ? text : text + words.evidence.text(["facts": facts])
    }

    private static func facts(_ problem: VerifyProblem) -> String {
        problem.evidence.map { message($0.label).text(["value": $0.text]) }
            .joined(separator: LabelLanguage.current == .chinese ? "，" : ", ")
    }

    package static func place(_ place: ProblemPlace) -> String {
        switch place {
        case .file: words.placeFile.text()
        case .position(let position): words.placePosition.text(["position": position])
        case .positions(let first, let last):
            words.placePositions.text(["first": first, "last": last])
        case .record: place.text
        case .row(let table, let row): words.placeRow.text(["table": table, "row": row])
        case .structure(let name): words.placeStructure.text(["name": name])
        case .side(let table, let name): words.placeRow.text(["table": table, "row": name])
        case .ownBatch(let number): words.placeBatch.text(["number": number])
        case .head(let size): words.placeHead.text(["size": size])
        case .bucket(let bucket): words.placeBucket.text(["bucket": bucket])
        case .pending(let sequence): words.placePending.text(["sequence": sequence])
        case .holder(let name): name
        }
    }

    package static func text(_ part: UncheckedPart) -> String {
        let check = message(part.check).text()
        let reason = message(part.reason).text()
        guard let after = part.after else {
            return words.notChecked.text(["check": check, "reason": reason])
        }
        return words.notCheckedAfter.text([
            "check": check, "reason": reason, "position": after,
        ])
    }

    package static func checked(_ checks: [VerifyCheck]) -> String {
        let names = checks.map { message($0).text() }
        let joint = LabelLanguage.current == .chinese ? "；" : "; "
        return words.checkedList.text(["list": names.joined(separator: joint)])
    }
}
