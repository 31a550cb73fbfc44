import AuditReport
import CommandKit
import OutreachOutput
import OutreachSchema
import SyncCore
import SyncHub
import SyncReplica
import SyncStore

/// What leaves the shift: the hand-over, pages, files.
extension DeskPages {
    /// Where nothing is asked for, the running shift.
    private func period(
        _ query: DeskForm, _ zone: ZoneRules
    ) throws -> DeskPeriod {
        let now = environment.nowMilliseconds() / 1_000
        return try DeskPeriod(
            query, fallback: Shift(containingUTCSeconds: now, in: zone), language: language)
    }

    func reports(_ query: DeskForm) async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        let asked = try period(query, zone)
        return [
            "from": asked.from.map { "\($0)" } ?? "", "to": asked.through.map { "\($0)" } ?? "",
            "query": asked.query, "handover": try handover(asked, replica, zone),
            "collections": Schema.outreach.collections.map { collection in
                [
                    "name": collection.name, "label": collection.label[labels],
                    "forms": Self.forms(of: collection),
                    "whole": collection.eventTimeField == nil,
                ] as [String: Any]
            },
        ]
    }

    /// The message for the group chat: its file's name and its lines.
    func handover(_ query: DeskForm) async throws -> (name: String, text: String) {
        let (replica, zone) = try await desk.current()
        let asked = try period(query, zone)
        return ("handover\(asked.fileMark).txt", try handover(asked, replica, zone) + "\n")
    }

    private func handover(
        _ asked: DeskPeriod, _ replica: Replica, _ zone: ZoneRules
    ) throws -> String {
        let period = ReplicaPeriod(
            replica, zone: zone, from: asked.from, through: asked.through)
        return try Language.withCurrent(language.spoken) {
            try period.handover(space: store.facts().name, presenter: presenter(zone)).lines
                .joined(separator: "\n")
        }
    }

    /// The page for a lead: its file's name and its content.
    func leadPage(_ query: DeskForm) async throws -> (name: String, html: String) {
        let (replica, zone) = try await desk.current()
        let asked = try period(query, zone)
        let page = try ReplicaPeriod(
            replica, zone: zone, from: asked.from, through: asked.through
        ).leadPage(
            space: store.facts().name, language: labels,
            now: environment.nowMilliseconds() / 1_000)
        return ("report\(asked.fileMark).html", page.html())
    }

    /// A collection's records as a file: its name, its type and its content.
    ///
    /// - Parameter file: `COLLECTION.FORM`.
    func export(
        _ file: String, _ query: DeskForm, _ files: DeskFiles
    ) async throws -> (name: String, type: String, content: DeskFiles.Made) {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let form = DeskExport.Form(rawValue: parts[1]),
            let collection = Schema.outreach.collection(named: parts[0]),
            form != .geojson || DeskExport.hasPlaces(collection)
        else { throw DeskFault.missing }
        let asked = try DeskPeriod(query, fallback: nil, language: language)
        let (replica, zone) = try await desk.current()
        let export = DeskExport(
            collection: collection, form: form,
            period: ReplicaPeriod(
                replica, zone: zone, from: asked.from, through: asked.through),
            presenter: presenter(zone), files: files)
        let mark = collection.eventTimeField == nil ? "" : asked.fileMark
        return (
            "\(collection.name)\(mark).\(form.rawValue)", form.type,
            try await files.file { try export.write(to: $0) }
        )
    }
}

extension DeskLanguage {
    /// As the catalogue names it.
    var spoken: Language { self == .chinese ? .zhHans : .en }
}
