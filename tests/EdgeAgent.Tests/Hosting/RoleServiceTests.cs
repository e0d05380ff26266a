using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Hosting;

public sealed class RoleServiceTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly List<string> _log = [];

    [Fact]
    public async Task Roles_start_in_order_and_stop_in_reverse_order()
    {
        FakeRole hub = new("hub", _log);
        FakeRole agent = new("agent", _log);
        using CancellationTokenSource stop = new();
        using IHost host = Build(hub, agent);
        Task<int> run = HostRun.RunAsync(host, stop.Token);
        await agent.Started.WaitAsync(Hang);

        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Done, await run.WaitAsync(Hang));
        Assert.Equal(["start hub", "start agent", "stop agent", "stop hub"], _log);
    }

    [Fact]
    public async Task A_role_that_fails_ends_the_process_with_a_failure_and_the_others_stop_in_order()
    {
        FakeRole hub = new("hub", _log);
        FakeRole agent = new("agent", _log);
        using IHost host = Build(hub, agent);
        Task<int> run = HostRun.RunAsync(host, CancellationToken.None);
        await agent.Started.WaitAsync(Hang);

        hub.Fail(new IOException("The store is damaged."));

        Assert.Equal(ExitCodes.Failed, await run.WaitAsync(Hang));
        Assert.Contains("stop agent", _log);
    }

    [Fact]
    public async Task A_role_that_cannot_start_ends_the_process_with_a_failure()
    {
        FakeRole hub = new("hub", _log) { StartProblem = new IOException("The directory cannot be written.") };
        using IHost host = Build(hub);

        Assert.Equal(ExitCodes.Failed, await HostRun.RunAsync(host, CancellationToken.None).WaitAsync(Hang));
    }

    private static IHost Build(params IRole[] roles)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostLifetime, ExternalLifetime>();
        builder.Services.AddHostedService(services => new RoleService(
            roles, services.GetRequiredService<IHostApplicationLifetime>(), NullLogger<RoleService>.Instance));
        return builder.Build();
    }

    private sealed class FakeRole(string name, List<string> log) : IRole
    {
        private readonly TaskCompletionSource _running = new();
        private readonly TaskCompletionSource _started = new();

        public Exception? StartProblem { get; init; }

        public Task Started => _started.Task;

        public string Name => name;

        public Task Running => _running.Task;

        public IReadOnlyList<string> ReasonsNotReady => [];

        public void Fail(Exception problem) => _running.SetException(problem);

        public Task StartAsync(CancellationToken cancellation)
        {
            if (StartProblem is not null)
            {
                throw StartProblem;
            }

            log.Add($"start {name}");
            _started.SetResult();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellation)
        {
            log.Add($"stop {name}");
            return Task.CompletedTask;
        }

        public Task ReloadAsync(AppConfig config, CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
