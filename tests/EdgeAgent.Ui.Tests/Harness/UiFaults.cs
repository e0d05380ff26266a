using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>Collects what a page must not do while a test runs: errors on the console, exceptions, violations of the content security policy.</summary>
internal sealed class UiFaults
{
    private readonly ConcurrentQueue<string> _seen = new();

    public static UiFaults Watch(IBrowserContext context)
    {
        UiFaults faults = new();
        context.Console += (_, message) =>
        {
            if (message.Type is "error" || message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                faults._seen.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => faults._seen.Enqueue("exception: " + error.Error);
        return faults;
    }

    public void AssertNoneBut(IReadOnlyList<string> expected)
    {
        string[] left = [.. _seen.Where(fault => !expected.Any(part => fault.Contains(part, StringComparison.Ordinal)))];
        Assert.True(left.Length == 0, "The page had errors:\n" + string.Join('\n', left.Take(10)));
    }
}
