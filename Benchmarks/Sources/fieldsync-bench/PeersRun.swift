import Foundation

/// The engine's hot paths beside what other engines take for the same rows on this machine.
///
/// `peers/peers.py` asks them, each through its Python binding: a save crosses that once for each
/// record or field, a merge once for each update.
struct PeersRun {
    let python: String
    let script: String
    let folder: BenchFolder
    private let runs = 5

    /// One engine's medians, in milliseconds.
    private struct Peer: Decodable {
        let name: String
        let version: String
        /// "in memory", "on disk".
        let place: String
        let save: Double
        let merge: Double
        let again: Double
    }

    func run() async throws {
        let rows = StopRows.make(Bench.dayRows)
        let file = folder.fresh("rows.jsonl")
        try Data(rows.map(\.json).joined(separator: "\n").utf8).write(to: URL(filePath: file))
        let (own, _) = try await EngineMeasures(rows: rows, runs: runs, folder: folder).run()
        print(
            "| \(rows.count) rows, medians of \(runs) runs | save | merge | the same again |\n"
                + "|---|---:|---:|---:|")
        line(
            "FieldSync, on disk, signed; merge into a replica", own.save.engine.median,
            own.replica.engine.median, own.replicaAgain.engine.median)
        line(
            "the same; merge into a hub, journalled", own.save.engine.median, own.hub.engine.median,
            own.hubAgain.engine.median)
        let output = try ChildProgram(
            python, [script, file, String(runs), String(BenchDevice.rowsPerSave)]
        ).run(showsErrors: true).output
        let most = max(own.hub.engine.median, own.replica.engine.median) * 1_000
        for text in output.split(separator: "\n") {
            let peer = try JSONDecoder().decode(Peer.self, from: Data(text.utf8))
            line(
                "\(peer.name) \(peer.version), \(peer.place)", peer.save / 1_000,
                peer.merge / 1_000, peer.again / 1_000)
            print(
                String(
                    format: "| %@ over FieldSync | %.1f × | %.1f × | |", peer.name,
                    peer.save / (own.save.engine.median * 1_000), peer.merge / most))
        }
    }

    private func line(_ name: String, _ seconds: Double...) {
        let cells = seconds.map { String(format: "%.0f ms", $0 * 1_000) }
        print("| \(name) | \(cells.joined(separator: " | ")) |")
    }
}
