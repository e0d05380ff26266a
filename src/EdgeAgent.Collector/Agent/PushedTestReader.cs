using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Listens to an endpoint whose devices send by themselves until each chosen tag has sent something, for commissioning.</summary>
internal static class PushedTestReader
{
    /// <summary>Long enough for what is retained, subscribed or sent every few seconds; someone waits at the screen for the rest.</summary>
    private static readonly TimeSpan PatienceMost = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<TestReadResult>> ReadAsync(
        CompiledEndpoint compiled, IPushedEndpoint endpoint, List<ScanGroup> groups, TimeProvider time, CancellationToken cancellation)
    {
        var waiting = groups.SelectMany(group => group.TagIds).ToHashSet();
        var found = new ReadingBatch();
        string? problem = null;
        await using (endpoint.ConfigureAwait(false))
        {
            using var patience = new CancellationTokenSource(PatienceMost, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            try
            {
                await endpoint.ConnectAsync(either.Token).ConfigureAwait(false);
                problem = await ListenAsync(endpoint, waiting, found, either.Token).ConfigureAwait(false);
            }
            catch (EndpointConnectException exception)
            {
                problem = exception.Message;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                problem = $"nothing arrived within {PatienceMost.TotalSeconds:0} s; a device that sends less often cannot be read on demand";
            }
        }

        long now = UnixTicks.Now(time);
        foreach (int tag in waiting)
        {
            found.Add(Reading.Failed(tag, Quality.BadTimeout, now));
        }

        return TestReader.Print(compiled, found, problem, endpoint);
    }

    /// <returns>What went wrong, or null when everything arrived.</returns>
    private static async Task<string?> ListenAsync(
        IPushedEndpoint endpoint, HashSet<int> waiting, ReadingBatch found, CancellationToken cancellation)
    {
        var arrived = new ReadingBatch();
        while (waiting.Count > 0)
        {
            arrived.Clear();
            PushOutcome outcome = await endpoint.ReceiveAsync(arrived, cancellation).ConfigureAwait(false);
            foreach (Reading reading in arrived.Readings.ToArray())
            {
                if (waiting.Remove(reading.TagId))
                {
                    found.AddFrom(arrived, reading);
                }
            }

            if (outcome.Kind == PushKind.ConnectionLost)
            {
                return outcome.Problem ?? "the connection broke";
            }
        }

        return null;
    }
}
