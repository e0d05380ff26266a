using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Protocols.OpcUa.Client;

public sealed partial class OpcUaClient
{
    // A server that names no limit is not asked for more paths than this at once.
    private const int PathsPerCallMax = 500;

    /// <summary>Where browse paths lead, in their order. A bad status of a whole request becomes the status of its paths.</summary>
    public async Task<BrowsePathResult[]> TranslateAsync(IReadOnlyList<BrowsePath> paths, CancellationToken cancellation = default)
    {
        var results = new BrowsePathResult[paths.Count];
        int portion = _facts.Limits.NodesPerTranslate is > 0 and < PathsPerCallMax and var limit ? (int)limit : PathsPerCallMax;
        for (int start = 0; start < paths.Count;)
        {
            int count = Math.Min(portion, paths.Count - start);
            BrowsePath[] some = [.. Enumerable.Range(start, count).Select(i => paths[i])];
            BrowsePathResult[]? answers = null;
            StatusCode status = await CallAsync(
                new RareExchange<TranslateBrowsePathsResponse>(
                    (target, header) => new TranslateBrowsePathsRequest(header, some).Write(target), TranslateBrowsePathsResponse.TryRead, static r => r.Header),
                response => answers = response.Results, cancellation).ConfigureAwait(false);
            if (IsTooMuch(status) && count > 1)
            {
                portion = count / 2;
                continue;
            }
            status = status.IsBad || answers?.Length == count ? status : StatusCodes.BadUnknownResponse;
            for (int i = 0; i < count; i++)
            {
                results[start + i] = status.IsBad ? new BrowsePathResult(status, null) : answers![i];
            }
            start += count;
        }
        return results;
    }
}
