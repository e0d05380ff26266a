namespace EdgeAgent.Tests.Architecture;

/// <summary>The allowed direction of dependency, read from the assemblies as they were built. src/ARCHITECTURE.md explains it.</summary>
public sealed class DependencyRuleTests
{
    /// <summary>Libraries of the base class library; everything else must be named below.</summary>
    private static readonly string[] Base = ["System", "netstandard", "mscorlib", "Microsoft.CSharp", "Microsoft.Win32"];

    public static TheoryData<string, string[]> Allowed => new()
    {
        { "EdgeAgent.Protocols", [] },
        { "EdgeAgent.Core", [] },
        { "EdgeAgent.Collector", ["EdgeAgent.Core", "EdgeAgent.Protocols", "Microsoft.Extensions", "Microsoft.Data.Sqlite", "SQLitePCLRaw"] },
        { "EdgeAgent.Store", ["EdgeAgent.Core", "EdgeAgent.Protocols", "Microsoft.Extensions", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Npgsql"] },
        { "EdgeAgent.Assessment", ["EdgeAgent.Core", "EdgeAgent.Store", "CsvHelper", "DocumentFormat.OpenXml"] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void A_project_refers_only_to_what_it_may(string project, string[] allowed)
    {
        using BuiltAssembly assembly = new(project);
        Assert.All(assembly.References, reference => Assert.Contains([.. Base, .. allowed], start => IsUnder(reference, start)));
    }

    [Fact]
    public void The_store_knows_no_protocol_but_mqtt()
    {
        using BuiltAssembly assembly = new("EdgeAgent.Store");
        Assert.All(assembly.NamespacesUsedOf("EdgeAgent.Protocols"), used => Assert.True(IsUnder(used, "EdgeAgent.Protocols.Mqtt"), used));
    }

    [Fact]
    public void The_assessment_knows_the_stores_contract_and_no_store()
    {
        using BuiltAssembly assembly = new("EdgeAgent.Assessment");
        Assert.All(assembly.NamespacesUsedOf("EdgeAgent.Store"), used => Assert.Equal("EdgeAgent.Store", used));
    }

    [Fact]
    public void Drivers_see_neither_buffer_nor_publishing_nor_each_other()
    {
        using BuiltAssembly assembly = new("EdgeAgent.Collector");
        string[] wrong = [.. assembly.InnerUses()
            .Where(use => IsUnder(use.User, "EdgeAgent.Collector.Drivers"))
            .Where(use => IsUnder(use.Used, "EdgeAgent.Collector.Buffer")
                || IsUnder(use.Used, "EdgeAgent.Collector.Publishing")
                || (DriverOf(use.User) is { } user && DriverOf(use.Used) is { } used && user != used))
            .Select(use => $"{use.User} uses {use.Used}")
            .Distinct()];
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_buffer_knows_nothing_of_drivers()
    {
        using BuiltAssembly assembly = new("EdgeAgent.Collector");
        Assert.DoesNotContain(
            assembly.InnerUses(),
            use => IsUnder(use.User, "EdgeAgent.Collector.Buffer")
                && (IsUnder(use.Used, "EdgeAgent.Collector.Drivers") || IsUnder(use.Used, "EdgeAgent.Collector.Publishing")));
    }

    /// <summary>A serial line and a TCP connection are no protocols: they carry them.</summary>
    [Fact]
    public void Protocols_do_not_know_each_other()
    {
        using BuiltAssembly assembly = new("EdgeAgent.Protocols");
        string[] wrong = [.. assembly.InnerUses()
            .Where(use => PartUnder(use.User, "EdgeAgent.Protocols") is { } user && PartUnder(use.Used, "EdgeAgent.Protocols") is { } used && user != used && used is not ("Serial" or "Tcp"))
            .Select(use => $"{use.User} uses {use.Used}")
            .Distinct()];
        Assert.Empty(wrong);
    }

    /// <summary>The check above is worth nothing if the reader of the assemblies finds nothing.</summary>
    [Fact]
    public void Uses_in_signatures_and_in_code_are_seen()
    {
        using BuiltAssembly assembly = new("EdgeAgent.Assessment");
        HashSet<(string, string)> uses = [.. assembly.InnerUses()];
        Assert.Contains(("EdgeAgent.Assessment.Indicators.CoverageAssessment", "EdgeAgent.Assessment.Ledger.DeviceLedger"), uses);
        Assert.Contains(("EdgeAgent.Assessment.Indicators.Denominator", "EdgeAgent.Assessment.Indicators.ShanghaiTime"), uses);
        Assert.DoesNotContain(uses, use => IsUnder(use.Item1, "EdgeAgent.Assessment.Ledger") && IsUnder(use.Item2, "EdgeAgent.Assessment.Indicators"));
    }

    private static string? DriverOf(string type) => PartUnder(type, "EdgeAgent.Collector.Drivers");

    /// <summary>The namespace below a parent, for instance <c>Modbus</c>; null for types of the parent itself.</summary>
    private static string? PartUnder(string type, string parent)
    {
        if (!IsUnder(type, parent))
        {
            return null;
        }

        string[] parts = type[(parent.Length + 1)..].Split('+')[0].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }

    private static bool IsUnder(string name, string parent) =>
        name == parent || name.StartsWith(parent + ".", StringComparison.Ordinal);
}
