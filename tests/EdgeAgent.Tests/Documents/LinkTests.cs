using System.Text.RegularExpressions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Documents;

/// <summary>What documents point at is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_or_folder()
    {
        string[] broken = [.. Document.ReadAll().SelectMany(document => document.Links
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(document.Path)!, Uri.UnescapeDataString(link.Split('#')[0]))))
            .Select(link => $"{document.Name}: {link}"))];

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_test_that_the_documents_name_exists()
    {
        string[] sources = [.. Directory
            .EnumerateFiles(RepositoryRoot.Combine("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText)];
        (string Class, string Method)[] named = [.. Document.Read("tests", "README.md").InlineCode
            .Select(code => TestName().Match(code))
            .Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

        Assert.NotEmpty(named);
        string[] missing = [.. named
            .Where(test => !sources.Any(source => Regex.IsMatch(source, $@"\bclass {test.Class}\b") && source.Contains($" {test.Method}(", StringComparison.Ordinal)))
            .Select(test => $"{test.Class}.{test.Method}")];
        Assert.Empty(missing);
    }

    [GeneratedRegex(@"^(\w+(?:Tests|Fuzz))\.(\w+)$")]
    private static partial Regex TestName();
}
