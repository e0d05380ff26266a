using System.Reflection;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>The table of the specification's assertions names tests that are there.</summary>
public sealed class SparkplugAssertionTests
{
    private const string Prefix = "tck-id-";

    [Fact]
    public void Every_assertion_stands_once_with_tests_that_exist_or_with_a_reason()
    {
        (string Id, string Tests)[] rows = [.. File.ReadLines(RepositoryRoot.Combine("tests", "EdgeAgent.Collector.Tests", "Publishing", "Sparkplug", "ASSERTIONS.md"))
            .Where(line => line.StartsWith("| " + Prefix, StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], cells[2]))];

        Assert.Equal(rows.Length, rows.Select(row => row.Id).Distinct().Count());
        Assert.True(rows.Count(row => !IsReason(row.Tests)) >= 150);
        Assert.All(rows, row => Assert.True(IsReason(row.Tests) ? row.Tests.Length > 10 : row.Tests.Split(", ").All(Exists), row.ToString()));
    }

    private static bool IsReason(string tests) => tests.StartsWith('—');

    private static bool Exists(string test)
    {
        string[] parts = test.Split('.');
        MethodInfo? method = typeof(SparkplugAssertionTests).Assembly.GetType($"{typeof(SparkplugAssertionTests).Namespace}.{parts[0]}")?.GetMethod(parts[1]);
        return method?.GetCustomAttribute<FactAttribute>(inherit: true) is { Skip: null };
    }
}
