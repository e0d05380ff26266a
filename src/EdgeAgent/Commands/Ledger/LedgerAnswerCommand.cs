using System.CommandLine;
using System.Globalization;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Commands.Ledger;

/// <summary><c>edgeagent ledger answer</c>: the typed answer to an item of the questionnaire, with its evidence.</summary>
internal static class LedgerAnswerCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<int> item = new("item") { Description = "Number in the questionnaire; `edgeagent rules show` lists options and figures." };
        Option<string> config = LedgerFolder.ConfigOption();
        Option<string[]> options = new("--option") { Description = "Key of a chosen option, for instance A; once for each.", DefaultValueFactory = _ => [] };
        Option<string[]> numbers = new("--number") { Description = "A figure, for instance staffAfter=120; once for each.", DefaultValueFactory = _ => [] };
        Option<string[]> evidence = EvidenceOption.Create();
        Option<bool> withdraw = new("--withdraw") { Description = "Take the answer back." };
        Option<string> by = LedgerFolder.ByOption();
        Option<string> why = LedgerFolder.WhyOption();
        Command command = new("answer", "Answer an item that is not computed.") { item, config, options, numbers, evidence, withdraw, by, why };
        command.SetAction(parsed => LedgerFolder.Use(context, parsed.GetRequiredValue(config), folder =>
        {
            int number = parsed.GetRequiredValue(item);
            (string who, string reason) = (parsed.GetValue(by)!, parsed.GetRequiredValue(why));
            if (parsed.GetValue(withdraw))
            {
                return folder.Record(new AnswerRemoved(number), who, reason);
            }

            (IReadOnlyList<EvidenceReference> index, IReadOnlyList<LedgerChange> files) = EvidenceOption.Read(folder.Ledger, parsed.GetValue(evidence)!, LedgerSubject.Item(number));
            TypedAnswer answer = new(number, parsed.GetValue(options)!, parsed.GetValue(numbers)!.Select(Figure).ToDictionary(f => f.Key, f => f.Value), index);
            return folder.Record([.. files, new AnswerSet(answer)], who, reason);
        }));
        return command;
    }

    private static KeyValuePair<string, decimal> Figure(string text) =>
        text.Split('=', 2) is [var key, var value] && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? new(key, number)
            : throw CommandFailure.BadUsage($"--number '{text}': a figure such as staffAfter=120 expected.");
}
