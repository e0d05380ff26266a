namespace EdgeAgent.Configuring;

/// <summary>What became of a changed configuration that the running program was told to take over.</summary>
/// <param name="Applied">Whether it is in force, as far as it can be without a restart.</param>
/// <param name="Problems">Why it is not.</param>
/// <param name="NeedsRestart">Parts that only a restart brings into force.</param>
/// <param name="Restarted">Endpoints that were started anew or stopped.</param>
/// <param name="Kept">Endpoints that went on without noticing.</param>
internal sealed record ReloadReport(
    bool Applied, IReadOnlyList<string> Problems, IReadOnlyList<string> NeedsRestart, IReadOnlyList<string> Restarted, IReadOnlyList<string> Kept)
{
    public static ReloadReport Unchanged { get; } = new(true, [], [], [], []);

    public static ReloadReport Failed(IEnumerable<string> problems) => new(false, [.. problems], [], [], []);
}
