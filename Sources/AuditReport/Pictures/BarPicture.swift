import OutreachSchema

/// Counts as bars, the largest as long as the picture is wide.
struct BarPicture {
    struct Bar {
        let label: BilingualText
        let count: Int
    }

    let title: BilingualText
    let bars: [Bar]

    private static let left = 210
    private static let scale = 380
    private static let rowHeight = 26

    func write(to html: inout HTMLText) {
        let largest = bars.map(\.count).max() ?? 0
        guard largest > 0 else { return }
        let (width, height) = (Self.left + Self.scale + 80, bars.count * Self.rowHeight + 4)
        html.element("div", ["class": "scroll", "tabindex": "0"]) { html in
            html.element(
                "svg",
                [
                    "width": "\(width)", "height": "\(height)",
                    "viewBox": "0 0 \(width) \(height)", "role": "img",
                    "aria-label": "\(title.en) · \(title.zh)",
                ]
            ) { html in
                html.element("title") { $0.text("\(title.en) · \(title.zh)") }
                for (index, bar) in bars.enumerated() {
                    write(bar, y: index * Self.rowHeight, largest: largest, to: &html)
                }
            }
        }
    }

    private func write(_ bar: Bar, y: Int, largest: Int, to html: inout HTMLText) {
        let share = Double(bar.count) / Double(largest)
        let length = max(Int(share * Double(Self.scale)), 2)
        for language in LabelLanguage.allCases {
            html.element(
                "text",
                [
                    "class": "t", "lang": language.tag, "x": "\(Self.left - 10)", "y": "\(y + 17)",
                    "text-anchor": "end",
                ]
            ) { $0.text(bar.label[language].clipped(to: 34)) }
        }
        html.element(
            "rect",
            [
                "class": "mark", "x": "\(Self.left)", "y": "\(y + 5)", "width": "\(length)",
                "height": "16",
            ])
        html.element("text", ["x": "\(Self.left + length + 6)", "y": "\(y + 17)"]) {
            $0.text(NumberWords.grouped(bar.count))
        }
    }
}
