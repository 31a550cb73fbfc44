import Testing

@testable import CommandKit

@Suite struct SanitisedTests {
    @Test func sanitised_plainText_isUnchanged() {
        let text = "南京东路 👨‍👩‍👧 café e\u{301}"
        #expect(text.sanitised() == text)
    }

    @Test func sanitised_escapeSequence_isVisible() {
        #expect("a\u{1B}[2Jb".sanitised() == "a␛[2Jb")
        #expect("\u{9B}31m".sanitised() == "<U+009B>31m")
        #expect("\u{07}\u{00}\u{7F}".sanitised() == "␇␀␡")
    }

    @Test func sanitised_directionOverride_isVisible() {
        #expect("a\u{202E}b\u{2066}".sanitised() == "a<U+202E>b<U+2066>")
    }

    @Test func sanitised_lineEnds_areVisible() {
        #expect("a\nb\r\nc\rd\r".sanitised() == "a⏎b⏎c␍d␍")
        #expect("a\tb".sanitised() == "a b")
        #expect("\u{2028}".sanitised() == "<U+2028>")
    }

    @Test func sanitised_keepingLineEnds_keepsThem() {
        #expect("a\nb\r\nc\rd".sanitised(keepsLineEnds: true) == "a\nb\nc␍d")
    }

    @Test func sanitised_everyScalarBelow0x3000_isHarmless() {
        for value in UInt32(0)..<0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(Character(scalar)).sanitised()
            #expect(!text.unicodeScalars.contains { $0.isHarmfulToTerminal })
        }
    }

    @Test func sanitised_twice_changesNothingMore() {
        let once = "a\u{1B}\n\u{202E}\r".sanitised()
        #expect(once.sanitised() == once)
    }
}
