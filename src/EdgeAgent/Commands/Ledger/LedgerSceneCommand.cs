using System.CommandLine;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger scene</c>: the level claimed for a business scene, with its evidence.</summary>
internal static class LedgerSceneCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> scene = new("scene") { Description = "Name, for instance 生产管控." };
        Argument<int> level = new("level") { Description = "0 to 4 after the project." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<int?> before = new("--before") { Description = "Level before the project." };
        Option<string[]> evidence = EvidenceOption.Create();
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("scene", "Type the level of a business scene (数字化经营应用场景).") { scene, level, config, before, evidence, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            string name = parsed.GetRequiredValue(scene);
            (IReadOnlyList<EvidenceReference> index, IReadOnlyList<LedgerChange> files) = EvidenceOption.Read(folder.Ledger, parsed.GetValue(evidence)!, LedgerSubject.Scene(name));
            SceneSet set = new(new SceneLevel(name, parsed.GetRequiredValue(level), parsed.GetValue(before), index));
            return folder.Record([.. files, set], parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }
}
