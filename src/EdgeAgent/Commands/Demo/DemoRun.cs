using System.Net;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Hosting;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Simulation;
using EdgeAgent.Simulation.Demo;
using EdgeAgent.Simulation.Meters;
using EdgeAgent.Simulation.Sensors;
using Spectre.Console;

namespace EdgeAgent.Commands.Demo;

/// <summary>One run of the demo: starts everything, shows how it is getting on, drains, counts.</summary>
internal sealed class DemoRun(CommandContext context, DemoOptions options)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RatesEvery = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = context.Time;
    private long? _startToFirstStoredMs;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using FileStream? turn = await DemoTurn.TakeAsync(_time, cancellation);
        await using SimulatedMeterBus? meters = SimulatedMeterBus.TryStart(DemoPlant.Meters, _time);
        DemoPorts ports = DemoPorts.Choose(DemoPlant.EndpointNames) with { MeterPort = meters?.Port };
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(DemoPlant.Simulation(ports), _time);
        await using AnsweringAddress probed = AnsweringAddress.Start(IPAddress.Loopback, ports.Endpoints[DemoPlant.ProbedEndpoint]);
        string file = DemoPlant.WriteFiles(options.DataDirectory, ports);
        LoadedConfig loaded = ConfigReport.LoadOrFail(file);
        LogLevel least = context.IsInteractive && !options.Json ? LogLevel.Critical : LogLevel.Warning; // A log would tear the picture apart.
        await using EdgeHost host = EdgeHost.Build(loaded, new EdgeHostOptions(_time, ReloadFrom: file, LogToError: true, LevelLeast: least));
        Announce(loaded.Config!);
        // The host has a stop of its own: when the demo ends by itself, drain first.
        using CancellationTokenSource stopHost = new();
        await using SimulatedWirelessSensor sensor = SimulatedWirelessSensor.Start(new MqttBrokerAddress("127.0.0.1", ports.Broker, UseTls: false), DemoPlant.SensorId, _time);
        Task<int> hosting = host.RunAsync(stopHost.Token);
        DemoFigures? figures = null;
        try
        {
            Task ready = Task.WhenAll(host.Roles.Started, host.Hub!.Store.Opened).WaitAsync(cancellation);
            if (await Task.WhenAny(ready, hosting) == ready)
            {
                await ready;
                turn?.Dispose();
                figures = await ShowAsync(host, loaded.Config!, hosting, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C: the usual end.
        }

        await stopHost.CancelAsync();
        int code = await hosting;
        return code != ExitCodes.Done || figures is null ? code : Report(figures);
    }

    private void Announce(AppConfig config)
    {
        if (!options.Json)
        {
            context.Out.WriteLine($"SIMULATED plant with {ConfigReport.Summary(config)}.");
            context.Out.WriteLine($"Data in {Path.GetFullPath(options.DataDirectory)}, configuration in {Path.Combine(options.DataDirectory, "demo")}. API on http://{config.Web!.Listen}/api/status");
            context.Out.WriteLine($"Open http://{config.Web.Listen} in a browser; live values need no login.");
        }
    }

    /// <returns>The figures when it ended by itself; null when a service failed.</returns>
    private async Task<DemoFigures?> ShowAsync(EdgeHost host, AppConfig config, Task hosting, CancellationToken cancellation)
    {
        DemoBooks books = new(host, config, _time);
        long start = _time.GetTimestamp();
        _ = NoteFirstStoredAsync(host.Hub!);
        IDemoScreen screen = Screen();
        try
        {
            DemoRates rates = await books.ReadRatesAsync(cancellation);
            long ratesAt = _time.GetTimestamp();
            long storedBefore = await books.ReadStoredAsync(cancellation);
            TimeSpan shown = TimeSpan.Zero;
            while (true)
            {
                TimeSpan left = options.Duration is { } duration ? duration - _time.GetElapsedTime(start) : TimeSpan.MaxValue;
                if (left <= TimeSpan.Zero)
                {
                    break;
                }

                // Timers drop parts of a millisecond, and would be asked for again and again.
                await Task.WhenAny(Task.Delay(left < screen.Every ? left + TimeSpan.FromMilliseconds(1) : screen.Every, _time, cancellation), hosting);
                cancellation.ThrowIfCancellationRequested();
                if (hosting.IsCompleted)
                {
                    return null;
                }

                if (_time.GetElapsedTime(ratesAt) > RatesEvery)
                {
                    rates = await books.ReadRatesAsync(cancellation);
                    ratesAt = _time.GetTimestamp();
                }

                TimeSpan running = _time.GetElapsedTime(start);
                long stored = await books.ReadStoredAsync(cancellation);
                screen.Show(MomentOf(host, rates, running, stored, (stored - storedBefore) / (running - shown).TotalSeconds));
                (storedBefore, shown) = (stored, running);
            }

            return await books.CloseAsync(_startToFirstStoredMs ?? -1, DrainLimit, cancellation);
        }
        finally
        {
            screen.Close();
        }
    }

    private DemoMoment MomentOf(EdgeHost host, DemoRates rates, TimeSpan running, long stored, double perSecond)
    {
        AgentSnapshot agent = host.Agent!.Snapshot();
        TimeSpan? lag = host.Hub!.Store.NewestTicks is { } newest ? TimeSpan.FromTicks(Math.Max(0, UnixTicks.Now(_time) - newest)) : null;
        return new DemoMoment(
            running,
            agent.Devices.Count,
            agent.Online,
            stored,
            perSecond,
            agent.Buffer.PendingReadings,
            lag,
            rates.Networking,
            rates.Digitalization,
            host.WebAddress ?? "",
            [.. agent.Devices.Select(d => new DemoDeviceLine(d.Name, d.Online, d.Counts.Good, d.Counts.Bad, d.Counts.Missed, d.Problem ?? ""))]);
    }

    private async Task NoteFirstStoredAsync(HubRole hub)
    {
        await hub.Store.FirstStored;
        _startToFirstStoredMs = (long)(_time.GetUtcNow() - EdgeStatus.ProcessStart()).TotalMilliseconds;
    }

    private IDemoScreen Screen() => options.Json
        ? new PlainDemoScreen(context.Error)
        : context.IsInteractive ? new LiveDemoScreen(AnsiConsole.Console) : new PlainDemoScreen(context.Out);

    private int Report(DemoFigures figures)
    {
        context.Out.WriteLine(options.Json ? figures.AsJson() : figures.AsText());
        return figures.Balanced ? ExitCodes.Done : ExitCodes.DoesNotHold;
    }
}
