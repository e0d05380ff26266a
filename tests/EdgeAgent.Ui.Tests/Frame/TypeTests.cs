using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Frame;

/// <summary>The pages' own type check: scripts, templates, and that both languages have the same texts.</summary>
public sealed class TypeTests
{
    [PartnerFact("chromium")]
    public async Task Scripts_and_templates_are_typed_and_no_language_misses_a_text()
    {
        string pages = RepositoryRoot.Combine("src", "EdgeAgent", "ui");
        await using PartnerProcess check = PartnerProcess.Start("node", ["node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit"], pages);
        await check.WaitForExitAsync(TimeSpan.FromMinutes(5));
        Assert.True(check.ExitCode == 0, check.Output);
    }
}
