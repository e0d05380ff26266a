using System.CommandLine;
using System.Text.RegularExpressions;
using EdgeAgent.Commands;

namespace EdgeAgent.Tests.Documents;

/// <summary>Commands that documents name are commands of the program.</summary>
public sealed partial class CommandTests
{
    [Fact]
    public void Every_verb_that_a_document_names_exists_and_every_whole_command_is_right()
    {
        using CommandContext context = new(TextWriter.Null, TextWriter.Null, TimeProvider.System, isInteractive: false);
        RootCommand root = EdgeAgentCommandLine.Create(context);
        (string Place, string Command)[] commands = [.. Document.ReadAll().SelectMany(CommandsOf)];

        Assert.Contains(commands, command => command.Place == "README.md");
        string[] wrong = [.. commands
            .Select(command => (command.Place, command.Command, Problem: ProblemOf(root, command.Command)))
            .Where(command => command.Problem is not null)
            .Select(command => $"{command.Place}: edgeagent {command.Command}: {command.Problem}")];
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("runs --config agent.json", false)]
    [InlineData("agents approves", false)]
    [InlineData("agents approve plant/gw-01", false)] // without --config
    [InlineData("agents approve plant/gw-01 --config hub.json", true)]
    [InlineData("agents approve", true)] // names the verb only
    public void Wrong_commands_would_be_noticed(string command, bool right)
    {
        using CommandContext context = new(TextWriter.Null, TextWriter.Null, TimeProvider.System, isInteractive: false);

        Assert.Equal(right, ProblemOf(EdgeAgentCommandLine.Create(context), command) is null);
    }

    /// <summary>Everything behind <c>edgeagent</c> or <c>dotnet run … --</c> in the code of a document.</summary>
    private static IEnumerable<(string Place, string Command)> CommandsOf(Document document) => document.InlineCode
        .Concat(document.Blocks.SelectMany(block => block.Code.Split('\n')))
        .Select(line => CommandLine().Match(line))
        .Where(match => match.Success)
        .Select(match => (document.Name, match.Groups["command"].Value.Trim()));

    /// <summary>A verb alone is a name; with anything behind it, it must be what one can type.</summary>
    private static string? ProblemOf(RootCommand root, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Command command = root;
        int verbs = 0;
        while (verbs < words.Length && command.Subcommands.FirstOrDefault(c => c.Name == words[verbs]) is { } next)
        {
            command = next;
            verbs++;
        }

        if (verbs == 0 || (command.Subcommands.Count > 0 && verbs < words.Length && Word().IsMatch(words[verbs])))
        {
            return $"no verb '{words.ElementAtOrDefault(verbs)}'";
        }

        string[] typed = [.. words.Select(word => word.Trim('[', ']'))];
        return verbs == words.Length || words[verbs].Any(char.IsAsciiLetterUpper) && command.Subcommands.Count > 0
            ? null
            : root.Parse(typed).Errors.FirstOrDefault()?.Message;
    }

    [GeneratedRegex("""^\s*(?:\S*/)?(?:edgeagent|dotnet run .*src/EdgeAgent --) (?<command>[a-z](?:"[^"\n]*"|[^#&|>"])*)""")]
    private static partial Regex CommandLine();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Word();
}
