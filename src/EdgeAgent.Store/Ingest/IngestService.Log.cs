using EdgeAgent.Store.Agents;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

public sealed partial class IngestService
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be opened yet: {Problem}")]
    private static partial void LogNoStore(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Birth message of {Site}/{Agent} not taken: {Problem}")]
    private static partial void LogBadBirth(ILogger log, string site, string agent, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {Site}/{Agent} shows another key, {Fingerprint}; its batches are held until it is approved")]
    private static partial void LogNewKey(ILogger log, string site, string agent, string fingerprint);

    [LoggerMessage(Level = LogLevel.Information, Message = "Agent {Site}/{Agent} is now {Status}, key {Fingerprint}: {Note}")]
    private static partial void LogStatus(ILogger log, string site, string agent, EnrolmentStatus status, string fingerprint, string note);
}
