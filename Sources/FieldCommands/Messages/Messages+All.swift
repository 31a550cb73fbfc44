package import CommandKit

extension Messages {
    /// What this module says.
    package static var fieldTopics: [any MessageTopic] {
        [
            fieldBundle, fieldHelp, fieldSetup, fieldRecords, fieldSync, fieldWhy, fieldReports,
            fieldUndo, fieldDesk, fieldEntry, fieldKeeping,
        ]
    }
}
