using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>One of the things that a process can be: hub or agent. A role is on when its section is in the configuration.</summary>
internal interface IRole : IAsyncDisposable
{
    /// <summary>For log lines.</summary>
    string Name { get; }

    /// <summary>Starts working. A device, broker or store that is not there now is no failure: the role goes on trying.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Stops in good order: takes nothing new, brings to safety what it has.</summary>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>Fails when the role cannot go on; the process then ends so that whoever started it starts it again.</summary>
    Task Running { get; }

    /// <summary>Takes over what changed; what did not change keeps its connections.</summary>
    Task ReloadAsync(AppConfig config, CancellationToken cancellation);

    /// <summary>Why data does not flow here as it should; empty when it does.</summary>
    IReadOnlyList<string> ReasonsNotReady { get; }

    /// <summary>Completes when the role's own loops have answered. A device, broker or store that is away is no reason not to: only what a
    /// restart would mend is.</summary>
    Task ProveAliveAsync(CancellationToken cancellation) => Task.CompletedTask;
}
