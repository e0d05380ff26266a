using System.Runtime.CompilerServices;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Client;

public sealed partial class OpcUaClient
{
    private ReadExchange? _idleRead;

    // What a server that names no limit turned out to take.
    private int _learnedNodesPerRead = int.MaxValue;

    /// <summary>
    /// Reads attributes into the caller's memory, as many values as targets, in as many requests as the server's limits ask
    /// for. A bad result stands for the whole: then the values mean nothing.
    /// </summary>
    /// <param name="ageMsMax">How old a value may be; 0 asks the device.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StatusCode> ReadAsync(
        IReadOnlyList<ReadTarget> targets, Memory<DataValue> values, TimestampsToReturn timestamps = TimestampsToReturn.Source, double ageMsMax = 0,
        CancellationToken cancellation = default)
    {
        if (values.Length < targets.Count)
        {
            throw new ArgumentException($"{targets.Count} values do not fit into {values.Length}.", nameof(values));
        }
        ReadExchange exchange = Interlocked.Exchange(ref _idleRead, null) ?? new ReadExchange();
        StatusCode status = StatusCodes.Good;
        for (int start = 0; start < targets.Count && !status.IsBad;)
        {
            int count = Math.Min(targets.Count - start, NodesPerRead);
            exchange.Prepare(targets, start, values.Slice(start, count), timestamps, ageMsMax);
            status = await CallAsync(exchange, RequestTimeout, cancellation).ConfigureAwait(false);
            if (count > 1 && IsTooMuch(status))
            {
                _learnedNodesPerRead = count / 2;
                status = StatusCodes.Good;
                continue;
            }
            start += count;
        }
        exchange.Release();
        _idleRead = exchange;
        return status;
    }

    private int NodesPerRead => Math.Min(_learnedNodesPerRead, _facts.Limits.NodesPerRead is > 0 and <= int.MaxValue and var limit ? (int)limit : int.MaxValue);

    private static bool IsTooMuch(StatusCode status) => status.Value
        is StatusCodes.BadTooManyOperations or StatusCodes.BadRequestTooLarge or StatusCodes.BadResponseTooLarge or StatusCodes.BadEncodingLimitsExceeded;
}
