using System.Globalization;
using System.Text;

namespace EdgeAgent.Web;

/// <summary>Writes metrics in the Prometheus text exposition format 0.0.4, or as OpenMetrics 1.0.0.</summary>
/// <remarks>All samples of one metric follow its header, as both formats want; a metric without samples is left out.</remarks>
/// <param name="openMetrics">OpenMetrics names a counter without its <c>_total</c>, escapes quotes in help texts too, and has an end.</param>
internal sealed class PrometheusText(bool openMetrics = false) : IMetricsWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private const string CounterSuffix = "_total";

    private readonly StringBuilder _text = new(8192);
    private string _name = "";
    private string? _pendingHeader;

    /// <summary>Begins a counter; its name ends in <c>_total</c>.</summary>
    public PrometheusText Counter(string name, string help) => Begin(name, "counter", help);

    public PrometheusText Gauge(string name, string help) => Begin(name, "gauge", help);

    /// <summary>Adds a sample of the metric begun last.</summary>
    public PrometheusText Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_pendingHeader);
        _pendingHeader = null;
        _text.Append(_name);
        for (int i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            AppendEscaped(labels[i].Value);
            _text.Append('"');
        }

        _text.Append(labels.IsEmpty ? " " : "} ").Append(Format(value)).Append('\n');
        return this;
    }

    public override string ToString() => openMetrics ? $"{_text}# EOF\n" : _text.ToString();

    IMetricsWriter IMetricsWriter.Counter(string name, string help) => Counter(name, help);

    IMetricsWriter IMetricsWriter.Gauge(string name, string help) => Gauge(name, help);

    IMetricsWriter IMetricsWriter.Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample(value, labels);

    private PrometheusText Begin(string name, string type, string help)
    {
        _name = name;
        string escaped = help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        string family = openMetrics && type == "counter" && name.EndsWith(CounterSuffix, StringComparison.Ordinal) ? name[..^CounterSuffix.Length] : name;
        escaped = openMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
        _pendingHeader = $"# HELP {family} {escaped}\n# TYPE {family} {type}\n";
        return this;
    }

    private void AppendEscaped(string value)
    {
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => _text.Append(@"\\"),
                '"' => _text.Append("\\\""),
                '\n' => _text.Append(@"\n"),
                _ => _text.Append(c),
            };
        }
    }

    private static string Format(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
