import Foundation

/// `fieldsync-bench [budgets|night|growth|pushes|peers|load] --programs DIR [--only engine|sizes|programs|memory]`
@main
struct Bench {
    /// Records a day of the source's neighbourhood.
    static let dayRows = 26_000

    static func main() async throws {
        RunningHubs.endOnSignals()
        let arguments = CommandLine.arguments.dropFirst()
        let mode = arguments.first { !$0.hasPrefix("-") } ?? "budgets"
        let programs = value(of: "--programs", arguments) ?? "../.build/release"
        let folder = try BenchFolder()
        switch mode {
        case "budgets":
            try await BudgetRun(
                programs: programs, folder: folder, part: value(of: "--only", arguments)
            ).run()
        case "night": try await NightRun(programs: programs, folder: folder).run()
        case "pushes":
            try await PushesRun(programs: programs, folder: folder, devices: 64, batches: 40)
                .run()
        case "peers":
            try await PeersRun(
                python: value(of: "--python", arguments) ?? "/usr/bin/python3",
                script: value(of: "--script", arguments) ?? "Benchmarks/peers/peers.py",
                folder: folder
            ).run()
        case "load":
            guard
                let load = try LoadRun(
                    { value(of: $0, arguments) }, isPushOnly: arguments.contains("--push-only"),
                    folder: folder)
            else {
                print("load --url URL[,URL] --invites FILE --changes N|--minutes M")
                exit(2)
            }
            try await load.run()
        case "growth":
            var growth = GrowthRun(programs: programs, folder: folder)
            if let sizes = value(of: "--records", arguments) {
                growth.sizes = sizes.split(separator: ",").compactMap { Int($0) }
            }
            try await growth.run()
        default:
            print("fieldsync-bench budgets|night|growth|pushes|peers|load --programs DIR")
            exit(2)
        }
    }

    private static func value(of name: String, _ arguments: ArraySlice<String>) -> String? {
        guard let place = arguments.firstIndex(of: name), place + 1 < arguments.endIndex else {
            return nil
        }
        return arguments[place + 1]
    }
}
