namespace EdgeAgent.Hosting;

/// <summary>Leaves signals to the command line (<c>StopSignals</c>): two owners of Ctrl-C would each swallow the other's second one.</summary>
internal sealed class ExternalLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
