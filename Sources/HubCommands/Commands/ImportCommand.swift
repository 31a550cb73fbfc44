import ArgumentParser
import CommandKit
import SharedWords
import SyncCore
import SyncHub
import SyncProtocol
import SyncStore

/// `sync-hub import`: bundles in, one answer out. Works beside a running `serve`.
struct ImportCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import", abstract: Messages.hubBundle.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.hubBundle.filesHelp.text(), valueName: "bundle"))
    var files: [String]
    @OptionGroup var data: HubDataOptions
    @Option(help: ArgumentHelp(Messages.hubBundle.answerHelp.text(), valueName: "file"))
    var answer: String?
    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let store = try data.open()
        let service = HubService(store: store, environment: .system)
        let bundles = try files.map { path in
            guard FilePresence.exists(path) else { throw CommandFailure.fileNotFound(path: path) }
            return try BundleFile(path: path)
        }
        let space = try store.facts().space
        if let foreign = bundles.first(where: { $0.header.space != space }) {
            throw BundleWords.anotherSpace(foreign.path)
        }
        let report = try service.take(
            bundles, answerPath: answer ?? Self.answerPath(beside: files.first ?? ""))
        let page = IntakePage(report: report, names: try Self.names(store))
        let console = Console.current
        if globals.isJSON { console.print(page.json) } else { page.print(on: console) }
        if report.refusedCount > 0 { throw ExitStatus.partly }
    }

    /// `a/b.fsb` → `a/b.answer.fsb`.
    static func answerPath(beside path: String) -> String {
        let ending = BundleLimits.ending
        let stem = path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : path
        return stem + ".answer" + ending
    }

    private static func names(_ store: SQLHubStore) throws -> [DeviceID: String] {
        Dictionary(
            try store.devices().map { ($0.device.id, $0.device.name) }, uniquingKeysWith: { $1 })
    }
}
