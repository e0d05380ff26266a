using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace EdgeAgent.Hosting.Telemetry;

/// <summary>Sends the metrics of the Prometheus page by OTLP every so often, and once more at the end.</summary>
internal sealed partial class OtlpExport(OtlpConfig config, string instance, IStatusSource source, TimeProvider time, ILogger<OtlpExport> logger) : BackgroundService
{
    /// <summary>A receiver that takes longer is tried again with the next export.</summary>
    private const int TimeoutMs = 10_000;

    private readonly MetricInstruments _instruments = new();
    private bool _isDown;

    public override void Dispose()
    {
        _instruments.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using MeterProvider provider = CreateProvider();
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(config.IntervalSeconds), time);
        try
        {
            do
            {
                await ExportAsync(provider, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The provider sends what it has when it is disposed of.
        }
    }

    private MeterProvider CreateProvider()
    {
        OtlpExporterOptions options = new()
        {
            Endpoint = new Uri(config.Endpoint),
            Protocol = OtlpExportProtocol.HttpProtobuf,
            TimeoutMilliseconds = TimeoutMs,
            HttpClientFactory = CreateClient,
        };
        return Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("edgeagent", serviceVersion: ProgramVersion.Text, serviceInstanceId: instance))
            .AddMeter(MetricInstruments.MeterName)
            .AddReader(new BaseExportingMetricReader(new OtlpMetricExporter(options)) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative })
            .Build();
    }

    /// <remarks>The exporter's own text of headers cannot hold a comma in a value.</remarks>
    private HttpClient CreateClient()
    {
        HttpClient client = new() { Timeout = TimeSpan.FromMilliseconds(TimeoutMs) };
        foreach ((string name, Secret value) in config.Headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value.Reveal());
        }

        return client;
    }

    private async Task ExportAsync(MeterProvider provider, CancellationToken cancellation)
    {
        bool arrived = false;
        try
        {
            StatusView status = await source.ReadStatusAsync(cancellation);
            _instruments.Clear();
            MetricsPage.WriteTo(_instruments, status, source.Devices);
            // It waits for the receiver; that must not hold up anything else.
            arrived = await Task.Run(() => provider.ForceFlush(TimeoutMs), cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The roles may be stopping. Whatever it is, telling of the work must not end it.
            NotRead(logger, problem.Message);
        }

        if (arrived == _isDown)
        {
            _isDown = !arrived;
            if (_isDown)
            {
                NotTaken(logger, config.Endpoint);
            }
            else
            {
                TakenAgain(logger, config.Endpoint);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Metrics cannot be sent to {Endpoint}; tried again with the next. Is a receiver of OTLP over HTTP there, and is the path right (/v1/metrics)?")]
    private static partial void NotTaken(ILogger logger, string endpoint);

    [LoggerMessage(3, LogLevel.Debug, "Metrics could not be read: {Problem}")]
    private static partial void NotRead(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Information, "Metrics reach {Endpoint} again.")]
    private static partial void TakenAgain(ILogger logger, string endpoint);
}
