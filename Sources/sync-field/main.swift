import FieldCommands

await FieldProgram.main()
