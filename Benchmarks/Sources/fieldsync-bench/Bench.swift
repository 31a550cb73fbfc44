import Foundation

/// `fieldsync-bench [budgets|night|growth|pushes|load] --programs DIR [--only engine|sizes|programs|memory]`
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
        case "growth": try await GrowthRun(programs: programs, folder: folder).run()
        default:
            print("fieldsync-bench budgets|night|growth|pushes|load --programs DIR")
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
