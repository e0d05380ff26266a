using System.Globalization;
using EdgeAgent.Store;
using EdgeAgent.Assessment.Evidence.Container;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Where everything is in a pack; FORMAT.md says what the files mean.</summary>
internal static class PackLayout
{
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.sig";
    public const string Readme = "README.txt";
    public const string HubKey = "keys/hub.pub";
    public const string Agents = "keys/agents.json";
    public const string RulePack = "rulepack.json";
    public const string Ledger = "ledger.csv";
    public const string LedgerSource = "ledger/ledger.csv";
    public const string LedgerEvents = "ledger/events.jsonl";
    public const string Points = "points.csv";
    public const string Baseline = "baseline.json";
    public const string Observed = "observed.json";
    public const string Metrics = "metrics.json";
    public const string Coverage = "coverage.csv";
    public const string Bindings = "bindings.csv";
    public const string Accounts = "accounts.csv";
    public const string Before = "accounts-before.csv";
    public const string Gaps = "gaps.csv";
    public const string Samples = "samples.csv";
    public const string Challenges = "challenges.jsonl";
    public const string ChallengeTable = "challenges.csv";
    public const string BatchFolder = "batches/";
    public const string DefinitionFolder = "definitions/";
    public const string ScreenshotFolder = "screenshots/";

    public static string Batches(AgentKey agent, Guid incarnation, long first) => string.Create(
        CultureInfo.InvariantCulture, $"{BatchFolder}{PackPath.PartOf(agent.Agent)}/{incarnation:N}/{first:D12}.batches");

    public static string Definition(ReadOnlySpan<byte> hash) => $"{DefinitionFolder}{Convert.ToHexStringLower(hash)}.bin";
}
