import Foundation
import Testing

@testable import CommandKit

@Suite struct JSONOutputTests {
    private let record: JSONOutput = [
        "id": "00ff", "n": 3, "share": 0.5, "deleted": false, "hub": nil, "list": [1, []],
        "fields": [:],
    ]

    @Test func text_compact_keepsKeyOrder() {
        #expect(
            record.text()
                == #"{"id":"00ff","n":3,"share":0.5,"deleted":false,"hub":null,"#
                + #""list":[1,[]],"fields":{}}"#)
    }

    @Test func text_pretty_isIndented() {
        let value: JSONOutput = ["a": [1, 2], "b": ["c": .verbatim(#"{"x":1}"#)], "d": []]
        #expect(
            value.text(isPretty: true) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {
                    "c": {"x":1}
                  },
                  "d": []
                }
                """)
    }

    @Test func text_strings_areEscaped() {
        let value: JSONOutput = .string("\"\\/\n\r\t\u{8}\u{1B}[2J\u{202E}\u{9B}南👍\u{7F}")
        #expect(
            value.text() == #""\"\\/\n\r\t\u0008\u001b[2J\u202e\u009b南👍\u007f""#)
    }

    @Test func text_strings_areReadBackTheSame() throws {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let string = "a\(Character(scalar))b"
            let read = try JSONSerialization.jsonObject(
                with: Data(JSONOutput.array([.string(string)]).text().utf8))
            #expect((read as? [String])?.first.map { Array($0.utf8) } == Array(string.utf8))
        }
    }

    @Test func text_numbers_areValid() {
        #expect(JSONOutput.int(.min).text() == "-9223372036854775808")
        #expect(JSONOutput.double(3).text() == "3")
        #expect(JSONOutput.double(-0.0).text() == "0")
        #expect(JSONOutput.double(1e300).text() == "1e+300")
        #expect(JSONOutput.double(.nan).text() == "null")
        #expect(JSONOutput.double(.infinity).text() == "null")
    }

    @Test func init_optionals_giveNull() {
        #expect(JSONOutput(String?.none) == .null)
        #expect(JSONOutput(Int?.some(1)) == .int(1))
    }

    @Test func print_terminal_isPrettyElseOneLine() {
        let terminal = CapturingSink(terminalColumns: 80)
        let file = CapturingSink()
        for sink in [terminal, file] {
            Console(data: sink, talk: CapturingSink(), environment: .init([:])).print(["a": 1])
        }
        #expect(terminal.text == "{\n  \"a\": 1\n}\n")
        #expect(file.text == "{\"a\":1}\n")
    }
}
