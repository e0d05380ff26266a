using System.Diagnostics.Metrics;
using EdgeAgent.Web;

namespace EdgeAgent.Hosting.Telemetry;

/// <summary>The metrics of the Prometheus page as instruments of .NET: one for each name, made when the name first comes.</summary>
/// <remarks>Filled by one thread between two exports; the exporter asks the instruments on the same thread.</remarks>
internal sealed class MetricInstruments : IMetricsWriter, IDisposable
{
    public const string MeterName = "EdgeAgent";

    private readonly Meter _meter = new(MeterName, ProgramVersion.Text);
    private readonly Dictionary<string, List<Measurement<double>>> _samples = new(StringComparer.Ordinal);
    private List<Measurement<double>> _current = [];

    /// <summary>Forgets what was measured before, so that a device that is gone is not told of for ever.</summary>
    public void Clear()
    {
        foreach (List<Measurement<double>> samples in _samples.Values)
        {
            samples.Clear();
        }
    }

    public IMetricsWriter Counter(string name, string help) => Begin(name, help, isCounter: true);

    public IMetricsWriter Gauge(string name, string help) => Begin(name, help, isCounter: false);

    public IMetricsWriter Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            tags[i] = KeyValuePair.Create(labels[i].Name, (object?)labels[i].Value);
        }

        _current.Add(new Measurement<double>(value, tags));
        return this;
    }

    public void Dispose() => _meter.Dispose();

    private MetricInstruments Begin(string name, string help, bool isCounter)
    {
        if (!_samples.TryGetValue(name, out List<Measurement<double>>? samples))
        {
            samples = [];
            _samples.Add(name, samples);
            string told = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^"_total".Length] : name;
            _ = isCounter
                ? (Instrument)_meter.CreateObservableCounter(told, () => samples, UnitOf(told), help)
                : _meter.CreateObservableGauge(told, () => samples, UnitOf(told), help);
        }

        _current = samples;
        return this;
    }

    /// <summary>Units stand last in our names; OpenTelemetry wants them as UCUM.</summary>
    private static string? UnitOf(string name) => name[(name.LastIndexOf('_') + 1)..] switch
    {
        "seconds" => "s",
        "bytes" => "By",
        "ratio" => "1",
        "readings" => "{reading}",
        "batches" => "{batch}",
        _ => null,
    };
}
