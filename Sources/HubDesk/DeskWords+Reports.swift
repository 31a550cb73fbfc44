extension DeskWords {
    /// What the pages of reports, health and records say.
    static let reportWords: [String: (String, String)] = [
        "reports": ("Reports", "报告"), "period": ("Shifts", "班次"),
        "period_means": (
            "A shift is named by its evening. An empty date leaves that end open.",
            "班次以当晚日期命名。日期留空表示该端不限。"
        ),
        "from": ("From", "从"), "to": ("To", "至"), "show": ("Show", "查看"),
        "all_nights": ("All nights", "全部班次"),
        "handover": ("Hand-over", "交班"),
        "handover_means": (
            "For the group chat: figures, hazards, points not reached. No names, no remarks.",
            "可直接发到群里：数据、隐患、未到点位。不含姓名和备注。"
        ),
        "save_text": ("Save as text", "保存为文本"),
        "pages_to_read": ("Pages to read and print", "可阅读和打印的页面"),
        "lead_page": ("The lead's page", "工作情况页"),
        "lead_page_means": (
            "Figures against the period before, coverage by night and grid, hazards by age and department.",
            "与上期对比的数据、各网格每班完成情况、隐患（按天数和部门）。"
        ),
        "audit_page": ("The auditor's report", "审计报告"),
        "audit_page_means": (
            "The whole log, verified: what sync-audit report makes. It takes a while on a large hub.",
            "核验全部日志，即 sync-audit report 生成的报告。日志较大时需要一些时间。"
        ),
        "files": ("Files", "文件"),
        "files_mean": (
            "Records of these shifts that are not deleted; points are all of them. The workbook and CSV can be imported again.",
            "所选班次的未删除记录；点位为全部。工作簿和 CSV 可再次导入。"
        ),
        "download": ("Download", "下载"), "collection": ("Collection", "类别"),
        "whole": ("whole list", "完整列表"),
        "bad_date": (
            "“{text}” is no date. Write it as 2026-11-30, or leave it empty.",
            "“{text}”不是日期。请写成 2026-11-30 的形式，或留空。"
        ),
        "bad_period": (
            "The first shift comes after the last one. Change one of the two dates.",
            "起始班次晚于结束班次。请修改其中一个日期。"
        ),
        "busy": (
            "Many reports and downloads are being made just now. Try again in a minute.",
            "正在生成的报告和下载较多。请稍后再试。"
        ),
        "disk_full": (
            "The hub's disk has too little room for this file. Make room, or choose fewer shifts.",
            "中心磁盘空间不足，无法生成该文件。请清理磁盘，或缩小班次范围。"
        ),
        "too_many_rows": (
            "A sheet has room for 1,048,575 records. Choose fewer shifts, or take CSV.",
            "一张工作表最多 1,048,575 条记录。请缩小班次范围，或改用 CSV。"
        ),
        "no_workbook_writer": (
            "The library that writes workbooks (libxlsxwriter) is not on the hub's system. Take CSV.",
            "中心系统没有生成工作簿的库（libxlsxwriter）。请改用 CSV。"
        ),
        "behind": ("Batches behind", "落后批次"), "up_to_date": ("0", "0"),
        "behind_by": ("{n}, since {time}", "{n}，自 {time} 起"),
        "quota": ("Changes today", "今日改动"), "of_quota": ("{n} of {limit}", "{n}，上限 {limit}"),
        "clock": ("Clock", "时钟"), "clock_right": ("right", "准确"),
        "clock_ahead": ("{n} min ahead", "快 {n} 分钟"),
        "clock_behind": ("{n} min behind", "慢 {n} 分钟"),
        "version": ("Program", "程序版本"), "any_device": ("any", "不限"),
        "against": ("Stood against", "与之相对的值"),
        "whole_history": (
            "Search the hub's whole log for it", "在中心的全部日志中查找"
        ),
        "history_means": (
            "What stands here and what lost a conflict. Values in between are in the log.",
            "此处为当前值和冲突中落选的值。其间的其他值在日志中。"
        ),
        "backups": ("Backups", "备份"), "backup_age": ("Its age", "距今"),
        "backup_missing": ("Batches since", "此后的批次"),
        "hours_ago": ("{n} h", "{n} 小时"), "days_ago": ("{n} days", "{n} 天"),
        "shelf": ("Where they stand", "存放位置"),
        "shelf_empty": (
            "There is no backup of this hub in it any more.", "其中已没有本中心的备份。"
        ),
        "shelf_unreadable": (
            "The hub may not look into that folder: list it on the machine.",
            "中心无权查看该文件夹：请在机器上查看。"
        ),
        "no_shelf": (
            "No folder of dated backups is known: sync-hub backup --into DIR makes one.",
            "尚无按日期存放备份的文件夹：运行 sync-hub backup --into DIR 即可建立。"
        ),
        "file": ("File", "文件"), "size": ("Size", "大小"), "made": ("Made", "生成时间"),
        "journal": ("Log and disk", "日志与磁盘"), "data_size": ("File", "文件大小"),
        "wal_size": ("Write-ahead log", "预写日志"), "free": ("Free on the disk", "磁盘剩余"),
        "epochs": ("Epochs", "纪元"), "began_at": ("Began at", "起始位置"),
        "opened": ("Opened", "开启时间"), "cause": ("Cause", "原因"),
        "epoch_head_unknown": ("a device held more than the hub", "有设备持有比中心更多的内容"),
        "epoch_restore": ("restored from a backup", "从备份恢复"),
        "epoch_opened": ("opened by hand", "人工开启"), "epoch_clock": ("clock reset", "时钟重置"),
        "followers": ("Auditors and followers", "审计与跟随设备"),
        "heads": ("Last heads", "最近的日志头"),
        "heads_mean": (
            "Keep one elsewhere: sync-audit verify --since proves later that the log only grew. The note is for other logs' tools (C2SP).",
            "请保存一个到别处：以后可用 sync-audit verify --since 证明日志只增不改。签名便条供其他日志工具使用（C2SP）。"
        ),
        "checkpoint": ("Checkpoint", "检查点"), "note": ("Signed note", "签名便条"),
        "time": ("Time", "时间"), "root": ("Root", "根"), "session": ("Session", "会话"),
        "the_hub": ("the hub", "中心"), "and_more": ("and {n} more", "另有 {n} 处"),
        "act_let_in": ("let in", "加入"), "act_shut_out": ("shut out", "停用"),
        "act_let_in_again": ("let in again", "恢复"), "act_renamed": ("renamed", "改名"),
        "act_opened": ("opened", "开启"),
        "act_set": ("set", "设定"), "act_deleted": ("deleted", "删除"),
        "act_restored": ("restored", "恢复"),
        "by_age": ("Open hazards by age", "未办结隐患（按天数）"),
    ]
}
