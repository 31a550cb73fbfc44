import HubCommands

await HubProgram.main()
