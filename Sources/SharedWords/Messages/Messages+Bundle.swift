public import CommandKit

/// What every program says of bundles: why a file or an item of one is not taken.
public struct BundleMessages: MessageTopic {
    // The whole file.
    public let notABundle = Message(
        "bundle.not_a_bundle",
        en: "{path} is not a bundle of FieldSync.", zh: "{path} 不是 FieldSync 的离线包。")
    public let notABundleMend = Message(
        "bundle.not_a_bundle_mend",
        en: "Check the name of the file; bundles usually end in .fsb.",
        zh: "请检查文件名；离线包通常以 .fsb 结尾。")
    public let tooNew = Message(
        "bundle.too_new",
        en: "{path} was written by a newer program.", zh: "{path} 是由更新版本的程序写的。")
    public let tooNewMend = Message(
        "bundle.too_new_mend", en: "Update this program.", zh: "请更新本程序。")
    public let truncated = Message(
        "bundle.truncated",
        en: "{path} was cut short: its end is missing. Nothing of it was used.",
        zh: "{path} 不完整，结尾缺失。没有使用其中任何内容。")
    public let damaged = Message(
        "bundle.damaged",
        en: "{path} is damaged. Nothing of it was used.", zh: "{path} 已损坏。没有使用其中任何内容。")
    public let copyAgain = Message(
        "bundle.copy_again",
        en: "Copy the file again from where it was made, or make it anew there.",
        zh: "请从原处重新复制该文件，或在原处重新生成。")
    public let tooLarge = Message(
        "bundle.too_large",
        en: "{path} holds more than a bundle may.", zh: "{path} 的内容超过离线包的上限。")
    public let tooLargeMend = Message(
        "bundle.too_large_mend",
        en: "Deliver what is carried in smaller parts, or sync over a network once.",
        zh: "请分批送交，或联网同步一次。")
    public let anotherSpace = Message(
        "bundle.another_space",
        en: "{path} belongs to another neighbourhood's data.", zh: "{path} 属于另一个街区的数据。")
    public let anotherSpaceMend = Message(
        "bundle.another_space_mend",
        en: "Take it to a device or hub of that neighbourhood.", zh: "请交给那个街区的设备或中心。")

    // Items, as people call them.
    public let keys = Message("bundle.keys", en: "the hub's keys", zh: "中心密钥")
    public let join = Message("bundle.join", en: "request to join", zh: "加入申请")
    public let push = Message("bundle.push", en: "batch of changes", zh: "改动批次")
    public let pull = Message("bundle.pull", en: "question for news", zh: "更新请求")
    public let ask = Message(
        "bundle.ask", en: "question of a device that heals", zh: "修复请求")
    public let healing = Message(
        "bundle.healing", en: "answer to a device that heals", zh: "修复答复")
    public let enrolment = Message("bundle.enrolment", en: "enrolment", zh: "加入答复")
    public let page = Message("bundle.page", en: "page of records", zh: "记录页")
    public let receipt = Message("bundle.receipt", en: "receipt", zh: "签收回执")
    public let refusal = Message("bundle.refusal", en: "refusal", zh: "拒收说明")

    // Why one item is not taken.
    public let itemMalformed = Message(
        "bundle.item_malformed", en: "it is not of the right form", zh: "格式不对")
    public let itemAnotherSpace = Message(
        "bundle.item_another_space", en: "it belongs to another neighbourhood", zh: "属于另一个街区")
    public let itemNotSigned = Message(
        "bundle.item_not_signed",
        en: "its signature is wrong: it was changed or made up on the way",
        zh: "签名不对：途中被改动，或是伪造的")
}

extension Messages {
    public static let bundle = BundleMessages()
}
