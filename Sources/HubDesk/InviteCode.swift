import AuditReport
import CQrencode

/// An invite as a QR code, to be scanned off the screen or off paper.
enum InviteCode {
    private static let pixels = 4
    /// What scanners need around it, in modules: ISO/IEC 18004 §6.3.8.
    private static let quiet = 4

    /// SVG; empty for a text that no code holds (about 2,300 bytes).
    static func svg(_ text: String, title: String) -> String {
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else { return "" }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let side = (width + 2 * quiet) * pixels
        var path = ""
        for y in 0..<width {
            var x = 0
            while x < width {
                let start = x
                while x < width, code.pointee.data[y * width + x] & 1 == 1 { x += 1 }
                if x > start {
                    let (left, top) = ((start + quiet) * pixels, (y + quiet) * pixels)
                    path +=
                        "M\(left) \(top)h\((x - start) * pixels)v\(pixels)h-\((x - start) * pixels)z"
                }
                x += 1
            }
        }
        return "<svg class=\"code-picture\" viewBox=\"0 0 \(side) \(side)\" role=\"img\" "
            + "aria-label=\"\(HTMLText.escaped(title))\"><rect width=\"\(side)\" height=\"\(side)\" class=\"code-back\"/>"
            + "<path d=\"\(path)\" class=\"code-ink\"/></svg>"
    }
}
