import OutreachSchema

/// Median and largest lag of each device, on a scale from a second to years.
struct LagPicture {
    let lags: [DeviceLag]

    static let deviceLimit = 100
    private static let left = 150
    private static let scale = 520
    private static let rowHeight = 26
    private static let top = 26

    /// Where the scale has lines, in milliseconds.
    private static let marks: [(Int64, BilingualText)] = [
        (1_000, BilingualText(en: "1 s", zh: "1 秒")),
        (60_000, BilingualText(en: "1 min", zh: "1 分")),
        (3_600_000, BilingualText(en: "1 h", zh: "1 小时")),
        (86_400_000, BilingualText(en: "1 d", zh: "1 天")),
        (2_592_000_000, BilingualText(en: "30 d", zh: "30 天")),
        (31_536_000_000, BilingualText(en: "1 y", zh: "1 年")),
    ]

    func write(to html: inout HTMLText) {
        guard !lags.isEmpty else { return }
        let (width, height) = (
            Self.left + Self.scale + 40, Self.top + lags.count * Self.rowHeight + 8
        )
        html.element("div", ["class": "scroll lag", "tabindex": "0"]) { html in
            html.element(
                "svg",
                [
                    "width": "\(width)", "height": "\(height)",
                    "viewBox": "0 0 \(width) \(height)", "role": "img",
                    "aria-labelledby": "lag-title",
                ]
            ) { html in
                html.element("title", ["id": "lag-title"]) {
                    $0.text("\(ReportTexts.lag.en) · \(ReportTexts.lag.zh)")
                }
                writeScale(height: height, to: &html)
                for (index, lag) in lags.enumerated() { write(lag, index, to: &html) }
            }
        }
        html.paragraph(ReportTexts.lagLegend, style: "soft")
    }

    private func writeScale(height: Int, to html: inout HTMLText) {
        for (milliseconds, label) in Self.marks {
            let x = Self.x(milliseconds)
            html.element("path", ["class": "grid", "d": "M\(x) \(Self.top - 4)V\(height - 4)"])
            for language in LabelLanguage.allCases {
                html.element(
                    "text",
                    [
                        "class": "t", "lang": language.tag, "x": "\(x)", "y": "14",
                        "text-anchor": "middle",
                    ]
                ) { $0.text(label[language]) }
            }
        }
    }

    private func write(_ lag: DeviceLag, _ index: Int, to html: inout HTMLText) {
        let y = Self.top + index * Self.rowHeight + Self.rowHeight / 2
        let (median, largest) = (Self.x(lag.median), Self.x(lag.largest))
        html.element(
            "text", ["x": "\(Self.left - 12)", "y": "\(y + 4)", "text-anchor": "end"]
        ) { $0.text(lag.name.isEmpty ? String(lag.device.prefix(8)) : lag.name.clipped(to: 20)) }
        html.element(
            "path",
            ["class": "whisker", "d": "M\(median) \(y)H\(largest)M\(largest) \(y - 6)v12"])
        html.element("circle", ["class": "mark", "cx": "\(median)", "cy": "\(y)", "r": "5"])
    }

    /// Powers of two are equally far apart; what is under a second is at the left end.
    private static func x(_ milliseconds: Int64) -> Int {
        let shortest: Int64 = 1_000
        let last = marks[marks.count - 1].0 * 2
        let clamped = min(max(milliseconds, shortest), last)
        // log2 by whole steps and a straight line between them: the same on every machine.
        func log2(_ number: Int64) -> Double {
            let whole = 63 - number.leadingZeroBitCount
            return Double(whole) + Double(number - (1 << whole)) / Double(Int64(1) << whole)
        }
        let share = (log2(clamped) - log2(shortest)) / (log2(last) - log2(shortest))
        return left + Int(share * Double(scale))
    }
}
