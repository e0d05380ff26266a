using EdgeAgent.Commands;
using EdgeAgent.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeAgent.Tests.Hosting;

public sealed class HostRunTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_background_service_that_fails_ends_the_process_with_a_failure()
    {
        using IHost host = Build(services => services.AddHostedService<Failing>());

        Assert.Equal(ExitCodes.Failed, await HostRun.RunAsync(host, CancellationToken.None).WaitAsync(Hang));
    }

    [Fact]
    public async Task A_wished_stop_is_no_failure()
    {
        using CancellationTokenSource stop = new();
        using IHost host = Build(services => services.AddHostedService<Waiting>());
        Task<int> run = HostRun.RunAsync(host, stop.Token);
        await host.Services.GetServices<IHostedService>().OfType<Waiting>().Single().Started.WaitAsync(Hang);

        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Done, await run.WaitAsync(Hang));
    }

    [Fact]
    public async Task A_service_that_cannot_start_is_a_failure()
    {
        using IHost host = Build(services => services.AddHostedService<NotStarting>());

        await Assert.ThrowsAsync<InvalidOperationException>(() => HostRun.RunAsync(host, CancellationToken.None).WaitAsync(Hang));
    }

    private static IHost Build(Action<IServiceCollection> services)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostLifetime, ExternalLifetime>();
        services(builder.Services);
        return builder.Build();
    }

    private sealed class Failing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new IOException("The disk is gone.");
        }
    }

    private sealed class Waiting : BackgroundService
    {
        private readonly TaskCompletionSource _started = new();

        public Task Started => _started.Task;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }

    private sealed class NotStarting : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("The port is taken.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
