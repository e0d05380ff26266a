using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Web.Assess.Jobs;

/// <summary>What a job is doing, or what came of it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
internal enum JobState
{
    [JsonStringEnumMemberName("running")]
    Running,
    [JsonStringEnumMemberName("done")]
    Done,
    [JsonStringEnumMemberName("failed")]
    Failed,
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <summary>One job as pages and its file on disk show it.</summary>
/// <param name="Steps">Names of the steps, in order.</param>
/// <param name="Step">The step that runs, from 0; the number of steps when it is done.</param>
/// <param name="File">Name of what it made; null until then.</param>
/// <param name="Pack">Id of the evidence pack that it made, or null.</param>
internal sealed record JobView(
    string Id, string Kind, JobState State, IReadOnlyList<string> Steps, int Step, string By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, BilingualText? Problem,
    string? File, long Bytes, string? Sha256, IReadOnlyList<BilingualText> Warnings, string? Pack);

/// <summary>What a job made.</summary>
/// <param name="Path">Where it lies; in the job's own folder, or on the shelf of packs.</param>
internal sealed record JobProduct(string Path, IReadOnlyList<BilingualText> Warnings, string? Pack = null);
