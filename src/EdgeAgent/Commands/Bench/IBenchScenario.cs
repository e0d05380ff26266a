namespace EdgeAgent.Commands.Bench;

/// <summary>One thing worth measuring about the whole program.</summary>
internal interface IBenchScenario
{
    /// <summary>What one types: lower case, words joined by hyphens.</summary>
    string Name { get; }

    /// <summary>One sentence: what is measured, against what.</summary>
    string Description { get; }

    Task<BenchResult> RunAsync(BenchContext context);
}
