import AuditCommands

await AuditProgram.main()
