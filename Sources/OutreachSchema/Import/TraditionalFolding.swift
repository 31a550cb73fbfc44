/// Traditional characters of the words that headers and enumerations use, as simplified ones.
enum TraditionalFolding {
    private static let pairs =
        "點点網网號号時时間间達达離离開开數数備备註注幫帮眾众諮咨詢询類类別别稱称發发現现狀状態态隱隐處处結结預预動动"
        + "組组織织題题對对參参資资緯纬經经啟启騎骑車车願愿邏逻傳传單单樓楼講讲詐诈騙骗盜盗滅灭過过營营佔占擾扰環环"
        + "汙污場场監监規规辦办調调護护勸劝輕轻嚴严決决駁驳學学區区業业樂乐戶户證证內内總总計计彙汇記记錄录編编貨货"
        + "導导強强團团體体電电動动驅驱員员務务聽听應应機机會会園园館馆鎮镇鄉乡層层廣广"

    private static let simplifiedByTraditional: [Character: Character] = {
        let characters = Array(pairs)
        return Dictionary(
            stride(from: 0, to: characters.count - 1, by: 2).map {
                (characters[$0], characters[$0 + 1])
            }, uniquingKeysWith: { first, _ in first })
    }()

    static func simplified(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        return String(text.map { simplifiedByTraditional[$0] ?? $0 })
    }
}
