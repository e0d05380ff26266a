using System.Text.RegularExpressions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Documents;

/// <summary>A document of the repository (*.md), taken apart into prose and code.</summary>
internal sealed partial record Document(string Path, string Text)
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", "data"];

    /// <summary>Its path from the top of the repository.</summary>
    public string Name => System.IO.Path.GetRelativePath(RepositoryRoot.Path, Path);

    /// <summary>Blocks between fences, with the word behind the opening fence.</summary>
    public IEnumerable<(string Language, string Code)> Blocks =>
        Fence().Matches(Text).Select(match => (match.Groups["language"].Value, Unindented(match)));

    /// <summary>Text in backticks outside of blocks; a line break in it is a blank.</summary>
    public IEnumerable<string> InlineCode =>
        Inline().Matches(Fence().Replace(Text, "")).Select(match => match.Groups[1].Value.ReplaceLineEndings(" "));

    /// <summary>Targets of links outside of code.</summary>
    public IEnumerable<string> Links =>
        Link().Matches(Inline().Replace(Fence().Replace(Text, ""), "code")).Select(match => match.Groups[1].Value);

    public static Document Read(params string[] path)
    {
        string file = RepositoryRoot.Combine(path);
        return new Document(file, File.ReadAllText(file));
    }

    public static IReadOnlyList<Document> ReadAll() => [.. Directory
        .EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
        .Where(file => !System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Split('/').Any(NotOurs.Contains))
        .Order(StringComparer.Ordinal)
        .Select(file => new Document(file, File.ReadAllText(file)))];

    /// <summary>A block within a list is indented as the list is.</summary>
    private static string Unindented(Match block)
    {
        int indent = block.Groups["indent"].Length;
        return string.Join('\n', block.Groups["code"].Value.Split('\n').Select(line => line[Math.Min(indent, line.Length - line.TrimStart().Length)..]));
    }

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\w*)\n(?<code>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
