using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>Collects the readings of one device: asks on the grid of its scan classes, or listens.</summary>
/// <param name="tallies">By tag number within the endpoint.</param>
internal sealed class Trial(IReadOnlyDictionary<int, TagTally> tallies, AcceptanceOptions options, TimeProvider time)
{
    private readonly ReadingBatch _batch = new();
    private readonly HashSet<string> _problems = new(StringComparer.Ordinal);
    private readonly long _begun = time.GetTimestamp();

    /// <summary>What went wrong with the device as a whole, each once.</summary>
    public IEnumerable<string> Problems => _problems;

    public async Task AskAsync(IPolledEndpoint endpoint, IReadOnlyList<ScanGroup> groups, CancellationToken cancellation)
    {
        // Late scans are not skipped: how much later than asked they come is what the test measures.
        var due = new PriorityQueue<(ScanGroup Group, int Turn), TimeSpan>();
        foreach (ScanGroup group in groups)
        {
            due.Enqueue((group, 0), TimeSpan.Zero);
        }

        while (due.TryDequeue(out (ScanGroup Group, int Turn) next, out TimeSpan at))
        {
            TimeSpan wait = at - time.GetElapsedTime(_begun);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            }

            await ScanAsync(endpoint, next.Group, at, cancellation).ConfigureAwait(false);
            if (next.Turn + 1 < options.Count)
            {
                due.Enqueue((next.Group, next.Turn + 1), at + TimeSpan.FromMilliseconds(next.Group.IntervalMs));
            }
        }
    }

    public async Task ListenAsync(IPushedEndpoint endpoint, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.PatienceMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await endpoint.ConnectAsync(either.Token).ConfigureAwait(false);
            while (tallies.Values.Any(tally => tally.Readings < options.Count))
            {
                _batch.Clear();
                PushOutcome outcome = await endpoint.ReceiveAsync(_batch, either.Token).ConfigureAwait(false);
                if (outcome.Kind is PushKind.Live or PushKind.ConnectionLost)
                {
                    // What is delivered afterwards says nothing of how the device sends now.
                    Count(outcome.Problem);
                }

                if (outcome.Kind == PushKind.ConnectionLost)
                {
                    _problems.Add(outcome.Problem ?? "the connection broke");
                    await endpoint.ConnectAsync(either.Token).ConfigureAwait(false);
                }
            }
        }
        catch (EndpointConnectException exception)
        {
            _problems.Add(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Patience is over: what arrived is judged.
        }
    }

    private async Task ScanAsync(IPolledEndpoint endpoint, ScanGroup group, TimeSpan due, CancellationToken cancellation)
    {
        _batch.Clear();
        string? problem = null;
        if (!endpoint.IsConnected)
        {
            try
            {
                await endpoint.ConnectAsync(cancellation).ConfigureAwait(false);
            }
            catch (EndpointConnectException exception)
            {
                problem = exception.Message;
                _problems.Add(problem);
            }
        }

        TimeSpan asked = time.GetElapsedTime(_begun);
        if (problem is null)
        {
            ScanOutcome outcome = await endpoint.ScanAsync(new ScanRequest(group.Index, 0), _batch, cancellation).ConfigureAwait(false);
            problem = outcome.Problem;
            if (outcome.Answer != ScanAnswer.Answered)
            {
                _problems.Add(problem ?? "the device did not answer");
            }
        }
        else
        {
            foreach (int id in group.TagIds)
            {
                _batch.Add(Reading.Failed(id, Quality.BadNotConnected, UnixTicks.Now(time)));
            }
        }

        Count(problem, asked < due ? due : asked);
    }

    private void Count(string? problem, TimeSpan? at = null)
    {
        TimeSpan now = at ?? time.GetElapsedTime(_begun);
        foreach (Reading reading in _batch.Readings)
        {
            if (tallies.TryGetValue(reading.TagId, out TagTally? tally))
            {
                tally.Add(reading, _batch, now, problem);
            }
        }
    }
}
