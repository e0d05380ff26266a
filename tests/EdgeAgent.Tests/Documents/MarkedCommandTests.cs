using System.Text.RegularExpressions;

namespace EdgeAgent.Tests.Documents;

/// <summary>Whoever reads a command in a document can know whether a test runs it: a block of commands stands behind <c>&lt;!-- run: NAME --&gt;</c>, or
/// says in itself that it is not run.</summary>
public sealed partial class MarkedCommandTests
{
    /// <summary>What the names of run blocks stand for, and which tests run them.</summary>
    private static readonly Dictionary<string, string> s_runs = new()
    {
        ["acceptance"] = "GuideTests",
        ["demo"] = "DemoTests",
        ["tests"] = "tests/run itself",
        ["deploy"] = "the tests of deployment",
        ["pack"] = "EvidenceTests",
    };

    [Fact]
    public void Every_block_of_commands_is_run_by_a_test_or_says_that_it_is_not()
    {
        string[] unmarked = [.. Document.ReadAll().SelectMany(document => Blocks().Matches(document.Text)
            .Where(block => Command().IsMatch(block.Groups["code"].Value) && !IsMarked(block))
            .Select(block => $"{document.Name}: {block.Groups["code"].Value.Trim().Split('\n')[0]}"))];
        Assert.Empty(unmarked);
    }

    [Fact]
    public void Every_name_of_a_run_is_known() =>
        Assert.DoesNotContain(Document.ReadAll().SelectMany(document => Mark().Matches(document.Text)), mark => !s_runs.ContainsKey(mark.Groups["name"].Value));

    private static bool IsMarked(Match block) => block.Groups["mark"].Success || block.Groups["code"].Value.Contains("not run by a test", StringComparison.Ordinal)
        || block.Groups["code"].Value.Contains("未由测试执行", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<mark><!-- run: [a-z]+ -->\n)?^(?<indent> *)```\w*\n(?<code>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\s*(\S*/)?(edgeagent|dotnet|sudo|docker|kubectl|helm|apt|apt-get|curl|npm|systemctl|mosquitto\w*|journalctl|tests/run|deploy/\S+\.sh|\./\S+\.sh)(\s|$)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("<!-- run: (?<name>[a-z]+) -->")]
    private static partial Regex Mark();
}
