namespace EdgeAgent.Web;

/// <summary>Takes metrics one after the other: a header, then its samples.</summary>
internal interface IMetricsWriter
{
    /// <summary>Begins a counter; its name ends in <c>_total</c>.</summary>
    IMetricsWriter Counter(string name, string help);

    IMetricsWriter Gauge(string name, string help);

    /// <summary>Adds a sample of the metric begun last.</summary>
    IMetricsWriter Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels);
}
