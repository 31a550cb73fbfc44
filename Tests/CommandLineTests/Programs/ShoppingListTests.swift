import TestSupport
import Testing

/// The example of the library, as its people use it.
@Suite struct ShoppingListTests {
    private let folder = TestFolder()

    /// - Returns: what the program printed for these lines.
    private func list(_ file: String, _ lines: String...) throws -> [String] {
        let input = lines.joined(separator: "\\n") + "\\n"
        let list = "'\(Programs.shoppingList)' '\(folder.file(file))' \(file)"
        let command = "printf '\(input)' | \(list)"
        let run = try StartedProgram("/bin/sh", ["-c", command]).finish().succeeded()
        return run.stdout.split(separator: "\n").map(String.init)
    }

    @Test func twoLists_withoutAndWithAHub_becomeOne() throws {
        let hub = try RunningHub(in: folder)
        var shown = try list("a", "add Milk", "add Bread", "x 1")
        #expect(shown.suffix(2) == ["1. [x] Milk", "2. [ ] Bread"])
        shown = try list("a", "sync", "join \(hub.invite("a"))", "sync")
        #expect(shown.contains { $0.contains("Call join first") })
        #expect(shown.contains { $0.hasPrefix("sent 3, ") && $0.hasSuffix("equal: true") })
        shown = try list("b", "join \(hub.invite("b"))", "sync", "drop 1", "add Tea", "sync")
        #expect(shown.suffix(2) == ["1. [ ] Bread", "2. [ ] Tea"])
        shown = try list("a", "sync")
        #expect(shown.suffix(2) == ["1. [ ] Bread", "2. [ ] Tea"])
        try StartedProgram(Programs.audit, ["diff", folder.file("a"), folder.file("b")]).finish()
            .succeeded()
    }

    @Test func aSlip_isSaidWithItsMend_andEndsNothing() throws {
        let shown = try list("a", "join fsi1_x", "x 7", "what", "add Salt")
        #expect(shown.contains { $0.hasPrefix("That is not an invite") })
        #expect(shown.contains { $0.hasPrefix("add NAME") })
        #expect(shown.last == "1. [ ] Salt")
    }
}
