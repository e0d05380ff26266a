using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.OpcUa.Client;

public sealed partial class OpcUaClient
{
    // So many references a node and response: 500 of them take some 50 kB.
    private const uint ReferencesPerNodeMax = 500;

    // A server that names no limit is not asked for more nodes than this at once.
    private const int NodesPerBrowseMax = 100;

    /// <summary>
    /// The references of nodes, complete: continuation points are followed. Each node has its own status; a bad status of a
    /// whole request becomes the status of its nodes.
    /// </summary>
    public async Task<BrowseResult[]> BrowseAsync(IReadOnlyList<BrowseTarget> targets, CancellationToken cancellation = default)
    {
        var results = new BrowseResult[targets.Count];
        int nodes = _facts.Limits.NodesPerBrowse is > 0 and < NodesPerBrowseMax and var limit ? (int)limit : NodesPerBrowseMax;
        if (_facts.Limits.BrowseContinuationPoints is > 0 and <= int.MaxValue and var points)
        {
            // Every node asked for at once may need a continuation point of its own.
            nodes = Math.Min(nodes, (int)points);
        }
        for (int start = 0; start < targets.Count;)
        {
            int count = Math.Min(nodes, targets.Count - start);
            StatusCode status = await BrowseSomeAsync(targets, results.AsMemory(start, count), start, cancellation).ConfigureAwait(false);
            if (IsTooMuch(status) && count > 1)
            {
                nodes = count / 2;
                continue;
            }
            start += count;
        }
        // What found no continuation point left is asked for again, alone.
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].Status.Value == StatusCodes.BadNoContinuationPoints)
            {
                await BrowseSomeAsync(targets, results.AsMemory(i, 1), i, cancellation).ConfigureAwait(false);
            }
        }
        return results;
    }

    private async Task<StatusCode> BrowseSomeAsync(IReadOnlyList<BrowseTarget> targets, Memory<BrowseResult> results, int start, CancellationToken cancellation)
    {
        BrowseTarget[] some = [.. Enumerable.Range(start, results.Length).Select(i => targets[i])];
        BrowseResult[]? answers = null;
        StatusCode status = await CallAsync(
            new RareExchange<BrowseResponse>(
                (target, header) => new BrowseRequest(header, ReferencesPerNodeMax, some).Write(target), ReadBrowse, static response => response.Header),
            response => answers = response.Results, cancellation).ConfigureAwait(false);
        if (!status.IsBad && answers?.Length != some.Length)
        {
            status = StatusCodes.BadUnknownResponse;
        }
        for (int i = 0; i < some.Length; i++)
        {
            BrowseResult result = status.IsBad ? new BrowseResult(status, null, null) : await CompleteAsync(answers![i], cancellation).ConfigureAwait(false);
            results.Span[i] = result;
        }
        return status;
    }

    /// <summary>Follows the continuation points of one node.</summary>
    private async Task<BrowseResult> CompleteAsync(BrowseResult first, CancellationToken cancellation)
    {
        if (first.ContinuationPoint is not { Length: > 0 })
        {
            return first;
        }
        List<ReferenceDescription> references = [.. first.References ?? []];
        byte[]? point = first.ContinuationPoint;
        while (point is { Length: > 0 })
        {
            byte[][] points = [point];
            BrowseResult? more = null;
            StatusCode status = await CallAsync(
                new RareExchange<BrowseResponse>(
                    (target, header) => new BrowseNextRequest(header, ReleasesPoints: false, points).Write(target), ReadBrowseNext, static response => response.Header),
                response => more = response.Results is [var only] ? only : null, cancellation).ConfigureAwait(false);
            status = status.IsBad ? status : more?.Status ?? StatusCodes.BadUnknownResponse;
            if (status.IsBad)
            {
                return new BrowseResult(status, null, [.. references]);
            }
            // A server that goes on and on without giving anything would keep us for ever.
            bool isStuck = more!.ContinuationPoint is { Length: > 0 } && more.References is not { Length: > 0 };
            if (isStuck)
            {
                return new BrowseResult(StatusCodes.BadContinuationPointInvalid, null, [.. references]);
            }
            references.AddRange(more.References ?? []);
            point = more.ContinuationPoint;
        }
        return new BrowseResult(first.Status, null, [.. references]);
    }

    private async Task<StatusCode> CallAsync<TResponse>(RareExchange<TResponse> exchange, Action<TResponse> take, CancellationToken cancellation)
    {
        StatusCode status = await CallAsync(exchange, RequestTimeout, cancellation).ConfigureAwait(false);
        if (!status.IsBad)
        {
            take(exchange.Response!);
        }
        return status;
    }

    private static Binary.UaFault ReadBrowse(ReadOnlySpan<byte> message, out BrowseResponse response) =>
        BrowseResponse.TryRead(message, ServiceIds.BrowseResponse, out response);

    private static Binary.UaFault ReadBrowseNext(ReadOnlySpan<byte> message, out BrowseResponse response) =>
        BrowseResponse.TryRead(message, ServiceIds.BrowseNextResponse, out response);
}
