using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>A server that gets a copy of what the hub has stored, as line protocol.</summary>
public sealed record ForwardConfig
{
    [Description("Name of the target, for messages and metrics.")]
    public required string Name { get; init; }

    [Description("The whole address that lines are posted to, with its query: http://127.0.0.1:8428/write for VictoriaMetrics, http://127.0.0.1:9000/write for QuestDB.")]
    public required string Url { get; init; }

    [Description("Headers of each request, for instance Authorization; give secrets as ${env:NAME} or ${file:PATH}.")]
    public IReadOnlyDictionary<string, Secret> Headers { get; init; } = new Dictionary<string, Secret>();
}
