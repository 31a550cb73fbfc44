/// The catalogue: one property a topic, each in a file `Catalogue/Messages+Topic.swift`.
public enum Messages {
    /// Every topic, for the tests that walk the catalogue. They also read the sources, so a topic
    /// that is missing here fails them.
    static var topics: [any MessageTopic] {
        [
            bundle, fieldBundle, hubBundle,
            errors, arguments, console, fieldHelp, fieldSetup, fieldRecords, fieldSync, fieldWhy,
            fieldReports, fieldErrors, fieldUndo, fieldHandover, fieldDesk, fieldEntry,
            fieldKeeping,
            hub, hubKeeping, hubFollow, hubHealing, hubSpaces, hubMoving, hubDesk,
            hubConfiguration, doctor,
            audit, auditVerify, auditProblems, auditChecks,
            auditDiff, auditCauses, auditHistory, auditProof,
            auditReport, auditScope,
        ]
    }
}
