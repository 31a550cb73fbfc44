import CommandKit
import OutreachSchema
import SyncAudit

/// What `body` says in each language.
func inBothLanguages(_ body: () -> String) -> BilingualText {
    BilingualText(
        en: Language.withCurrent(.en, body), zh: Language.withCurrent(.zhHans, body))
}

extension Message {
    func inBothLanguages(_ values: Message.Values = [:]) -> BilingualText {
        BilingualText(en: text(values, in: .en), zh: text(values, in: .zhHans))
    }
}

extension AuditedSpace {
    /// What people call a collection; its name if this version does not know it.
    func title(of collection: String) -> BilingualText {
        inBothLanguages { label(collection).sanitised() }
    }

    func title(of field: String, in collection: String) -> BilingualText {
        inBothLanguages { label(field, in: collection).sanitised() }
    }
}
