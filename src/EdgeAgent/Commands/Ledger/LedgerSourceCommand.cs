using System.CommandLine;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger source</c>: what a sending device is when it is no asset, what its data is for, and who uses it.</summary>
internal static class LedgerSourceCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> source = new("device") { Description = "agent/device, or agent for all of its devices (with --purpose or --users)." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string?> kind = new("--class") { Description = "What it is although no asset claims it, for instance 环境传感器; no report is final before." };
        Option<string?> purpose = new("--purpose") { Description = "用途, for the catalogue of collected data." };
        Option<string?> users = new("--users") { Description = "使用单位, for the catalogue of collected data." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("source", "Classify a device that is no asset; say what data is for and who uses it.") { source, config, kind, purpose, users, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string[] parts = parsed.GetRequiredValue(source).Split('/', 2);
            string device = parts.Length > 1 ? parts[1] : "";
            List<LedgerChange> changes = [];
            if (parsed.GetValue(kind) is { } named)
            {
                changes.Add(device.Length > 0
                    ? new SourceClassified(new SourceClassification(parts[0], device, named))
                    : throw CommandFailure.BadUsage("--class is of one device: agent/device expected."));
            }

            if (parsed.GetValue(purpose) is not null || parsed.GetValue(users) is not null)
            {
                DataUse? known = folder.Ledger.Read().Latest.DataUses.FirstOrDefault(u => u.Agent == parts[0] && u.Device == device);
                changes.Add(new DataUseSet(new DataUse(parts[0], device, parsed.GetValue(purpose) ?? known?.Purpose ?? "", parsed.GetValue(users) ?? known?.Users ?? "")));
            }

            return changes.Count == 0
                ? throw CommandFailure.BadUsage("--class, --purpose or --users is needed.")
                : folder.Record(changes, parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }
}
