import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncCore

/// Names of collections, fields and sides in the person's language.
enum DiffLabels {
    static var language: LabelLanguage { LabelLanguage.current }
    static var joint: String { language == .chinese ? "、" : ", " }

    /// A collection that this version does not know is named as it stands.
    static func collection(_ name: String) -> String {
        Schema.outreach.collection(named: name)?.label[language] ?? name
    }

    static func field(_ name: String, in collection: String) -> String {
        if name == FieldName.deleted { return Messages.auditDiff.deleted.text() }
        let known = Schema.outreach.collection(named: collection)?.field(named: name)
        return known?.label[language] ?? name
    }

    static func side(_ side: RecordDifference.Side) -> String {
        switch side {
        case .a: Messages.auditDiff.onlyA.text()
        case .b: Messages.auditDiff.onlyB.text()
        case .both: Messages.auditDiff.both.text()
        }
    }
}
