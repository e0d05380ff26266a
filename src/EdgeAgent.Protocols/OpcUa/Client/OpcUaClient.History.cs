using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;

namespace EdgeAgent.Protocols.OpcUa.Client;

public sealed partial class OpcUaClient
{
    /// <summary>
    /// The stored values of one node between two instants, oldest first, at most so many in one call; a continuation point says that
    /// there are more. A point that is not used up is given back with <see cref="ReleaseHistoryAsync"/>.
    /// </summary>
    public Task<HistoryReadResult> HistoryReadRawAsync(
        HistoryReadTarget target, DateTime from, DateTime to, uint valuesMax, CancellationToken cancellation = default) =>
        HistoryCallAsync(new RawHistoryDetails(false, from, to, valuesMax, false), target, releases: false, cancellation);

    /// <summary>Gives a continuation point of history back to the server.</summary>
    public async Task ReleaseHistoryAsync(HistoryReadTarget target, CancellationToken cancellation = default) =>
        await HistoryCallAsync(default, target, releases: true, cancellation).ConfigureAwait(false);

    private async Task<HistoryReadResult> HistoryCallAsync(RawHistoryDetails details, HistoryReadTarget target, bool releases, CancellationToken cancellation)
    {
        HistoryReadTarget[] targets = [target];
        HistoryReadResult[]? results = null;
        StatusCode status = await CallAsync(
            new RareExchange<HistoryReadResponse>(
                (buffer, header) => new HistoryReadRequest(header, details, TimestampsToReturn.Source, releases, targets).Write(buffer),
                HistoryReadResponse.TryRead, static response => response.Header),
            response => results = response.Results, cancellation).ConfigureAwait(false);
        return status.IsBad ? new HistoryReadResult(status, null, null)
            : results is [var only] ? only : new HistoryReadResult(StatusCodes.BadUnknownResponse, null, null);
    }
}
