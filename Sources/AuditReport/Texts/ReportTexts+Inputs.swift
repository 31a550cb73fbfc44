import OutreachSchema

/// Words about what was audited.
extension ReportTexts {
    static let inputs = BilingualText(en: "What was audited", zh: "审计对象")
    static let inputsNote = BilingualText(
        en: "Times are those of {zone}. The hashes name the files as they were read: "
            + "others can compute them with any SHA-256 program.",
        zh: "时间为 {zone} 时间。哈希值对应读取时的文件，任何 SHA-256 程序都"
            + "能核对。")
    static let path = BilingualText(en: "Name", zh: "名称")
    static let kindReplica = BilingualText(en: "A device's replica", zh: "终端的副本")
    static let kindHub = BilingualText(en: "A hub's file", zh: "中心的文件")
    static let kindBundle = BilingualText(en: "A bundle", zh: "捆绑包")
    static let kindHubAddress = BilingualText(en: "A hub on the network", zh: "网络上的中心")
    static let fileHash = BilingualText(en: "SHA-256 of the file", zh: "文件的 SHA-256")
    static let logHash = BilingualText(
        en: "SHA-256 of its write-ahead log",
        zh: "预写日志的 SHA-256")
    static let space = BilingualText(en: "Space", zh: "空间")
    static let spaceName = BilingualText(en: "Neighbourhood", zh: "辖区")
    static let device = BilingualText(en: "Device", zh: "设备")
    static let deviceName = BilingualText(en: "Name of the device", zh: "设备名称")
    static let role = BilingualText(en: "Role", zh: "角色")
    static let hub = BilingualText(en: "Hub", zh: "中心")
    static let hubKey = BilingualText(en: "Key of the hub", zh: "中心的公钥")
    static let batches = BilingualText(en: "Batches", zh: "批次数")
    static let lastSync = BilingualText(en: "Last sync", zh: "最近同步")
    static let noHead = BilingualText(
        en: "It holds no signed head of a hub.",
        zh: "其中没有中心签名的日志头。")
    static let head = BilingualText(en: "Newest signed head", zh: "最新的签名日志头")
    static let headSize = BilingualText(en: "Journal size", zh: "日志长度")
    static let headTime = BilingualText(en: "Signed at", zh: "签名时间")
    static let epoch = BilingualText(en: "Epoch", zh: "纪元")
    static let root = BilingualText(en: "Merkle root", zh: "默克尔根")
    static let digest = BilingualText(en: "Digest", zh: "摘要")
    static let earlierHeads = BilingualText(en: "Heads of earlier epochs", zh: "较早纪元的日志头")
    static let earlierHead = BilingualText(
        en: "Size {size}, signed {time}, epoch",
        zh: "长度 {size}，签于 {time}，纪元")
}
