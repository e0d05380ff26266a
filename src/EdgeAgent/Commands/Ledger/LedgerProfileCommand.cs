using System.CommandLine;
using System.Text.Json;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger profile</c>: the enterprise's and the project's facts, from a JSON file.</summary>
internal static class LedgerProfileCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string?> enterprise = new("--enterprise") { Description = "JSON with name, creditCode, legalRepresentative, address, contact, contactNumber, industry, qualityClass." };
        Option<string?> project = new("--project") { Description = "JSON with name, contractNo, from, to, provider, systems and costs." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("profile", "Record who the enterprise is and what the project cost; credit code, dates and amounts are checked.") { config, enterprise, project, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            List<LedgerChange> changes = [];
            try
            {
                if (parsed.GetValue(enterprise) is { } first)
                {
                    changes.Add(new ProfileSet(JsonSerializer.Deserialize(LedgerFolder.ReadFile(first), LedgerJson.Default.EnterpriseProfile)
                        ?? throw CommandFailure.BadUsage($"{first} is null.")));
                }

                if (parsed.GetValue(project) is { } second)
                {
                    changes.Add(new ProjectSet(JsonSerializer.Deserialize(LedgerFolder.ReadFile(second), LedgerJson.Default.ProjectProfile)
                        ?? throw CommandFailure.BadUsage($"{second} is null.")));
                }
            }
            catch (JsonException problem)
            {
                throw CommandFailure.BadUsage($"The file is not what was expected: {problem.Message}");
            }

            return changes.Count == 0
                ? throw CommandFailure.BadUsage("--enterprise or --project is needed.")
                : folder.Record(changes, parsed.GetValue(by)!, parsed.GetRequiredValue(why));
        }));
        return command;
    }
}
