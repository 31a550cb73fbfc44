import ArgumentParser
import CommandKit
import OutreachSchema
import ReportGathering
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// `sync-hub point list`.
struct PointListCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Messages.hubMoving.pointList.text())
    }

    @OptionGroup var data: HubDataOptions
    @Flag(help: ArgumentHelp(Messages.hubMoving.retiredHelp.text()))
    var retired = false
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let points = try PointBook(data.open()).points.filter { $0.isActive != retired }
        let console = Console.current
        if globals.isJSON { return console.print(.array(points.map(\.json))) }
        let language = LabelLanguage.current
        var table = Table(
            ["code", "name", "grid"].map { name in
                let field = CollectionDescription.points.field(named: name)
                return .text(field?.label[language] ?? name)
            })
        for point in points { table.append([point.code, point.name, point.grid]) }
        console.print(table)
    }
}

/// `sync-hub point retire CODE…`: a place that nobody is to visit any more. Its visits stay.
struct PointRetireCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retire", abstract: Messages.hubMoving.pointRetire.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hubMoving.codeHelp.text(), valueName: "code"))
    var codes: [String]
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try PointBook(data.open()).set(codes, isActive: false, isJSON: globals.isJSON)
    }
}

/// `sync-hub point restore CODE…`.
struct PointRestoreCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore", abstract: Messages.hubMoving.pointRestore.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hubMoving.codeHelp.text(), valueName: "code"))
    var codes: [String]
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        try PointBook(data.open()).set(codes, isActive: true, isJSON: globals.isJSON)
    }
}

/// The points of a hub.
private struct PointBook {
    struct Point {
        let id: RecordID
        let code: String
        let name: String
        let grid: String
        let isActive: Bool

        var json: JSONOutput {
            [
                "id": .string(id.hex), "code": .string(code), "name": .string(name),
                "grid": .string(grid), "active": .bool(isActive),
            ]
        }
    }

    let store: SQLHubStore
    let points: [Point]

    init(_ store: SQLHubStore) throws {
        self.store = store
        points = try store.records(of: CollectionDescription.points.name).compactMap { state in
            guard !state.isDeleted else { return nil }
            func text(_ name: String) -> String { state[name]?.value.value.text ?? "" }
            return Point(
                id: state.key.id, code: text("code"), name: text("name"), grid: text("grid"),
                isActive: state["active"]?.value != .false)
        }.sorted { $0.code < $1.code }
    }

    func set(_ codes: [String], isActive: Bool, isJSON: Bool) throws {
        let words = Messages.hubMoving
        let found = try codes.map { code in
            guard let point = points.first(where: { $0.code.utf8.elementsEqual(code.utf8) }) else {
                let near = Suggestion.closest(to: code, among: points.map(\.code))
                throw CommandFailure(
                    "no_point", words.noPoint.text(["code": code]),
                    mend: near.map { words.noPointNear.text(["near": $0]) }
                        ?? words.noPointMend.text())
            }
            return point
        }
        let edits = found.map {
            Edit(
                RecordKey(CollectionDescription.points.name, $0.id),
                .set(["active": .bool(isActive)]))
        }
        let changed = try store.save(edits)
        let console = Console.current
        if isJSON {
            return console.print([
                "points": .array(found.map { .string($0.code) }), "active": .bool(isActive),
                "changed": .int(changed),
            ])
        }
        let done = isActive ? words.pointsRestored : words.pointsRetired
        console.print(done.text(["codes": found.map(\.code).joined(separator: ", ")]))
    }
}
