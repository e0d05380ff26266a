using System.Reflection;
using System.Text.RegularExpressions;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Web.Wording;

/// <summary>The pages' table of qualities against those of the program. In English a quality's name is its text.</summary>
public sealed partial class QualityWordsTests
{
    private static readonly string[] Names =
        [.. typeof(Quality).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.FieldType == typeof(Quality)).Select(static f => f.Name)];

    private static readonly (string Name, string Text)[] Table =
        [.. Line().Matches(File.ReadAllText(RepositoryRoot.Combine("src", "EdgeAgent", "ui", "src", "app", "qualities.ts"))).Select(static m => (m.Groups[1].Value, m.Groups[2].Value))];

    [Fact]
    public void Each_quality_has_its_words_and_nothing_else_is_there() => Assert.Equal(Names.Order(StringComparer.Ordinal), Table.Select(static t => t.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_is_called_something_of_its_own_in_Chinese()
    {
        Assert.All(Table, static t => Assert.Matches(@"^\p{IsCJKUnifiedIdeographs}{2,8}$", t.Text));
        Assert.Equal(Table.Length, Table.Select(static t => t.Text).Distinct().Count());
    }

    [Fact]
    public void Each_prints_the_name_that_the_table_has() =>
        Assert.All(typeof(Quality).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.FieldType == typeof(Quality)), static f => Assert.Equal(f.Name, f.GetValue(null)!.ToString()));

    [GeneratedRegex(@"^  (\w+): '([^']+)',$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
