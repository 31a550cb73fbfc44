import ArgumentParser
import CommandKit
import OutreachSchema
import ReportGathering
import SyncAudit
import SyncClient
import SyncCore
import SyncProtocol
import SyncStore
import SystemTimeZones

/// How much of the differences a person wants to see.
enum DiffView: String, ExpressibleByArgument, CaseIterable {
    case summary, records, fields
}

/// `diff`: compares two sides, record by record and field by field.
struct DiffCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "diff", abstract: Messages.auditDiff.abstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.auditDiff.sideHelp.text(), valueName: "a"))
    var a: String

    @Argument(help: ArgumentHelp(Messages.auditDiff.sideHelp.text(), valueName: "b"))
    var b: String

    @Option(
        name: .customLong("collection"),
        help: ArgumentHelp(Messages.auditDiff.collectionHelp.text(), valueName: "name"))
    var collections: [String] = []

    @Option(help: ArgumentHelp(Messages.auditDiff.shiftHelp.text(), valueName: "date"))
    var shift: String?

    @Option(help: ArgumentHelp(Messages.auditDiff.sinceHelp.text(), valueName: "time"))
    var since: String?

    @Option(
        help: ArgumentHelp(
            Messages.auditDiff.viewHelp.text(), valueName: "summary|records|fields"))
    var view: DiffView?

    @Option(help: ArgumentHelp(Messages.auditDiff.limitHelp.text(), valueName: "count"))
    var limit = 10_000

    @Flag(help: ArgumentHelp(Messages.auditDiff.byDigestHelp.text()))
    var byDigest = false

    @OptionGroup var hub: HubOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let key = try hub.key()
        if let (first, second) = try MomentArgument.pair(a, b) {
            return try await compare(first, second, key)
        }
        let sources = try opened()
        let zone = try DiffArguments.zone(of: sources)
        let result = try await ReplicaDiff.run(
            sources[0], sources[1], scope: try scope(zone), hubKey: key,
            asking: byDigest ? .digest : .pages, environment: .system)
        for case .address(_, let transport, _) in sources {
            await (transport as? HTTPTransport)?.close()
        }
        let console = Console.current
        if options.isJSON {
            console.print(DiffJSON(result).document)
        } else {
            DiffPage(result: result, zone: zone, isLimited: isLimited)
                .print(view, on: console)
        }
        if !result.isIdentical { throw ExitStatus.failed }
    }

    /// Two moments of one log.
    private func compare(
        _ a: MomentArgument, _ b: MomentArgument, _ key: PublicKey?
    ) async throws {
        let page: LogDiffPage
        if AuditSource.isAddress(a.path) {
            page = try await hub.connected(to: a.path) { transport, access in
                let hello = try JSONParser.parse(
                    try await transport.send(WireRequest(.get, "/v1")).content())
                let zone =
                    ZoneRules.ofSpace(hello["time_zone"]?.string)
                let diff = try await LogDiff.run(
                    address: a.path, transport: transport, access: access,
                    from: a.read(in: zone), to: b.read(in: zone), scope: scope(zone),
                    hubKey: key, environment: .system)
                return LogDiffPage(diff, path: a.path, zone: zone)
            }
        } else {
            let file = try openedFile(a.path)
            let zone = try DiffArguments.zone(of: [.file(file)])
            let diff = try LogDiff.run(
                file, from: a.read(in: zone), to: b.read(in: zone), scope: scope(zone),
                hubKey: key)
            page = LogDiffPage(diff, path: a.path, zone: zone)
        }
        let console = Console.current
        if options.isJSON {
            console.print(page.json)
        } else {
            page.print(view, on: console)
        }
        if !page.diff.isIdentical || !page.diff.problems.isEmpty { throw ExitStatus.failed }
    }

    private func openedFile(_ path: String) throws -> AuditFile {
        do { return try AuditFile(path) } catch let error as StoreError
            where error.kind == .cannotOpen
        {
            throw DiffFailures.missing(error)
        }
    }

    /// Whether something was left out of the comparison on purpose.
    private var isLimited: Bool { !collections.isEmpty || shift != nil || since != nil }

    private func opened() throws -> [AuditSource] {
        try [a, b].map(source)
    }

    private func source(_ name: String) throws -> AuditSource {
        guard AuditSource.isAddress(name) else {
            let isBundle = try BundleContent.isBundle(name)
            return isBundle ? .bundle(path: name) : .file(try openedFile(name))
        }
        let (transport, access) = try hub.connection(to: name)
        return .address(url: name, transport: transport, access: access)
    }

    private func scope(_ zone: ZoneRules) throws -> DiffScope {
        var scope = DiffScope(recordLimit: max(limit, 1))
        if !collections.isEmpty { scope.collections = Set(collections) }
        scope.since = try since.map { text in
            try DiffArguments.read(text, "--since", example: "2026-11-23T21:40:00+08:00") {
                DiffArguments.stampTime($0, in: zone)
            }
        }
        if let shift {
            let wanted = try DiffArguments.read(shift, "--shift", example: "2026-11-23") {
                Shift($0)
            }
            scope.accepts = { DiffArguments.shift(of: $0, in: zone) == wanted }
        }
        return scope
    }
}
