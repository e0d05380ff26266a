using System.CommandLine;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger</c>: the device ledger and what people record beside it. Works beside the running hub.</summary>
internal static class LedgerCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("ledger", "See and change the device ledger of a hub's site; every change is kept with who, when and why.");
        command.Add(LedgerImportCommand.Create(context));
        command.Add(LedgerExportCommand.Create(context));
        command.Add(LedgerShowCommand.Create(context));
        command.Add(LedgerHistoryCommand.Create(context));
        command.Add(LedgerPlantCommand.CreateArea(context));
        command.Add(LedgerPlantCommand.CreateProcess(context));
        command.Add(LedgerBindCommand.Create(context));
        command.Add(LedgerAnswerCommand.Create(context));
        command.Add(LedgerSceneCommand.Create(context));
        command.Add(LedgerAttachCommand.Create(context));
        command.Add(LedgerStopCommand.Create(context));
        command.Add(LedgerProfileCommand.Create(context));
        command.Add(LedgerSourceCommand.Create(context));
        command.Add(LedgerRuleCommand.Create(context));
        command.Add(LedgerCatalogueCommand.Create(context));
        return command;
    }
}
